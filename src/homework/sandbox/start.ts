import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { closeSync, existsSync, openSync, realpathSync, unlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Layers } from "./layers.ts";
import { seccompFilter } from "./seccomp.ts";

export interface SandboxOptions {
  layers: Layers;
  /** Folders and files that may be read, by where they stand inside. */
  readable: readonly (readonly [from: string, to: string])[];
  env: Readonly<Record<string, string>>;
  /** Bytes of memory that the process may write to (RLIMIT_DATA: what V8 only reserves does not count). */
  memory: number;
  /** Bytes of its temporary folder. */
  space: number;
  threads: number;
  /** The user that it runs as, where root starts it. */
  user: number;
}

/** Of what the box says and is told: standard streams, requests with replies, answers to callbacks. */
const PIPES = ["ignore", "pipe", "pipe", "pipe", "pipe"] as const;

/** Starts `node ...args` in a sandbox made of these layers. Descriptors 3 and 4 are pipes to the caller. */
export function startInSandbox(args: readonly string[], options: SandboxOptions): ChildProcess {
  const { layers, env } = options;
  const handed: number[] = [];
  const hand = (bytes: string | Buffer) => {
    handed.push(unlinkedFile(bytes));
    return String(PIPES.length + handed.length - 1);
  };
  const limits = layers.limits
    ? [inside(layers, "prlimit"), ...limitArguments(options), ...dropUser(options)]
    : dropUser(options);
  const [node, ...command] = layers.bubblewrap
    ? // Through a descriptor: /proc/1/cmdline, which the box can read, names no path of this machine.
      ["bwrap", "--args", hand(`${spaces(options, hand).join("\0")}\0`), ...limits, "/bin/node"]
    : [...limits, process.execPath];
  const child = spawn(node as string, [...command, ...args], {
    // The environment of bubblewrap itself can be read inside.
    env: layers.bubblewrap ? { PATH: "/usr/bin:/bin" } : { ...env, PATH: "/usr/bin:/bin" },
    stdio: [...PIPES, ...handed],
    cwd: "/",
    detached: true,
  });
  for (const descriptor of handed) closeSync(descriptor);
  return child;
}

/** Ends a box with all that it has started. */
export function endBox(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, "SIGKILL");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error; // it has left by itself
  }
}

function inside({ bubblewrap }: Layers, program: string): string {
  return bubblewrap ? `/bin/${program}` : program;
}

// Set inside: a limit of processes that is set before would count all boxes of this user together.
function limitArguments({ memory, space, threads }: SandboxOptions): string[] {
  return [`--data=${memory}`, `--fsize=${space}`, `--nproc=${threads}`, "--core=0", "--nofile=256"];
}

function dropUser({ layers, user }: SandboxOptions): string[] {
  if (!layers.user) return [];
  return [
    inside(layers, "setpriv"),
    `--reuid=${user}`,
    `--regid=${user}`,
    "--clear-groups",
    "--inh-caps=-all",
    "--bounding-set=-all",
  ];
}

function spaces({ layers, readable, env, space }: SandboxOptions, hand: (bytes: Buffer) => string): string[] {
  const filter = layers.seccomp ? seccompFilter() : undefined;
  return [
    ...["--unshare-ipc", "--unshare-pid", "--unshare-net", "--unshare-uts", "--unshare-cgroup-try"],
    ...(layers.user
      ? ["--cap-drop", "ALL", "--cap-add", "CAP_SETUID", "--cap-add", "CAP_SETGID", "--cap-add", "CAP_SETPCAP"]
      : ["--unshare-user", "--disable-userns", "--cap-drop", "ALL"]),
    ...["--die-with-parent", "--new-session", "--hostname", "box", "--clearenv"],
    ...Object.entries(env).flatMap(([name, value]) => ["--setenv", name, value]),
    ...foldersAbove(["/bin/node", "/etc/ld.so.cache", "/usr/lib", ...readable.map(([, to]) => to)]),
    ...systemLibraries(),
    ...programs(layers),
    ...readable.flatMap(([from, to]) => ["--ro-bind", realpathSync(from), to]),
    ...["--proc", "/proc", "--dev", "/dev", "--size", String(space), "--perms", "1777", "--tmpfs", "/tmp"],
    ...["--remount-ro", "/dev", "--remount-ro", "/", "--chdir", "/tmp"],
    ...(filter ? ["--seccomp", hand(filter)] : []),
  ];
}

/** Made here, since bubblewrap makes them for root's eyes only. */
function foldersAbove(paths: readonly string[]): string[] {
  const above = (path: string): string[] => (dirname(path) === "/" ? [] : [...above(dirname(path)), dirname(path)]);
  return [...new Set(paths.flatMap(above))].flatMap(folder => ["--perms", "0755", "--dir", folder]);
}

function systemLibraries(): string[] {
  const wide = existsSync("/usr/lib64") ? ["--ro-bind", "/usr/lib64", "/usr/lib64"] : [];
  const links = ["--symlink", "usr/lib", "/lib", "--symlink", "usr/lib64", "/lib64"];
  const cache = existsSync("/etc/ld.so.cache") ? ["--ro-bind", "/etc/ld.so.cache", "/etc/ld.so.cache"] : [];
  return ["--ro-bind", "/usr/lib", "/usr/lib", ...wide, ...links, ...cache];
}

/** Node, and what sets limits before it starts: no shell, no Python. */
function programs({ limits, user }: Layers): string[] {
  const found = [...(limits ? ["prlimit"] : []), ...(user ? ["setpriv"] : [])];
  const tools = found.flatMap(name => ["--ro-bind", `/usr/bin/${name}`, `/bin/${name}`]);
  return ["--ro-bind", realpathSync(process.execPath), "/bin/node", ...tools];
}

/** A file without a name, whose descriptor the child inherits. */
function unlinkedFile(bytes: string | Buffer): number {
  const path = join(tmpdir(), `.latent-${randomBytes(8).toString("hex")}`);
  writeFileSync(path, bytes, { mode: 0o600 });
  const descriptor = openSync(path, "r");
  unlinkSync(path);
  return descriptor;
}
