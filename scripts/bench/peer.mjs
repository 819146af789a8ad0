import { spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { root } from "../bootstrap.mjs";
import { python } from "./environment.mjs";

const here = join(root, "scripts", "bench");
const commands = {
  ours: [process.execPath, [join(here, "ours.mjs")]],
  keras: [python, [join(here, "peers.py"), "keras"]],
  torch: [python, [join(here, "peers.py"), "torch"]],
  sklearn: [python, [join(here, "peers.py"), "sklearn"]],
};

/** A process that holds one row of the table, ready to run steps when asked. */
export class Peer {
  #child;
  #answers;
  #complaints = "";

  constructor(engine) {
    const [program, args] = commands[engine];
    const env = { ...process.env, TF_CPP_MIN_LOG_LEVEL: "3" };
    this.#child = spawn(program, args, { cwd: root, env, stdio: ["pipe", "pipe", "pipe"] });
    this.#child.stderr.on("data", text => {
      this.#complaints = (this.#complaints + text).slice(-2000);
    });
    this.#answers = createInterface({ input: this.#child.stdout })[Symbol.asyncIterator]();
  }

  async ask(request) {
    this.#child.stdin.write(`${JSON.stringify(request)}\n`);
    for (;;) {
      const { value: line, done } = await this.#answers.next();
      if (done)
        return { error: `the process ended: ${/^\w*Error.*$/m.exec(this.#complaints)?.[0] ?? "it said nothing"}` };
      if (line.startsWith("@@")) return JSON.parse(line.slice(2));
    }
  }

  close() {
    this.#child.stdin.end();
    this.#child.kill();
  }
}
