import { Console } from "node:console";
import { Object, process, realm } from "../intrinsics.ts";

/**
 * Gives the console methods that write to our streams and do nothing else. Those of a process with an inspector session
 * also hand each argument to V8, which keeps the last 1,000 calls with all that they logged (60 logs of 8 MB arrays kept
 * 480 MB), and take 3 to 6 times as long. The object stays the same, because `node:console` exports it too.
 */
export function provideConsole(): void {
  const plain = new Console({ stdout: process.stdout, stderr: process.stderr, ignoreErrors: false });
  for (const [name, method] of Object.entries(plain))
    Object.defineProperty(realm.console, name, { value: method, writable: true, configurable: true, enumerable: true });
}
