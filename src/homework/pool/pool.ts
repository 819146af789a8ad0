import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { Assignment } from "../assignment/assignment.ts";
import type { Result } from "../judge/result.ts";
import type { Runnable } from "../judge/submission.ts";
import type { Layers } from "../sandbox/layers.ts";
import type { FromJudge, ToJudge } from "./messages.ts";

/** The grader itself has failed; no mark was given. */
export class GraderFailed extends Error {
  override readonly name = "GraderFailed";
}

export interface PoolOptions {
  layers: Layers;
  /** What the tests draw: the same for all submissions. */
  seed: number;
  /** Judges that work at the same time. */
  jobs: number;
  signal?: AbortSignal;
  /** Hears which job a judge takes; one at which a judge failed begins again. */
  begins?: (key: string) => void;
}

/** A submission by the key of what it runs. */
export interface Job {
  key: string;
  runnable: Runnable;
}

/** How often a submission is tried when the grader fails at it. */
const ATTEMPTS = 3;
/** So many submissions at which it fails: then the fault is not theirs, and the rest is not tried. */
const MOST_FAILED = 3;
const MOST_SAID = 2000;
const program = fileURLToPath(new URL("./judge_process.js", import.meta.url));

/**
 * Grades submissions on several judges, each with a process of its own, and gives each result when it is there. A submission
 * at which judges fail again and again stops nobody else's: it is named, with the reason, when the others are graded.
 *
 * @throws GraderFailed when that happens at several submissions
 */
export async function gradeAll(
  assignment: Assignment,
  jobs: readonly Job[],
  options: PoolOptions,
  done: (key: string, result: Result) => Promise<void>,
): Promise<Map<string, string>> {
  const waiting = jobs.map(job => ({ ...job, attempts: 0 }));
  const failures = new Map<string, string>();
  const work = async () => {
    let judge: JudgeProcess | undefined;
    try {
      for (let job = waiting.shift(); job !== undefined; job = waiting.shift()) {
        options.signal?.throwIfAborted();
        judge ??= await JudgeProcess.start(assignment, options);
        options.begins?.(job.key);
        const result = await judge.grade(job);
        if ("failed" in result) {
          await judge.end();
          judge = undefined;
          if (++job.attempts < ATTEMPTS) waiting.unshift(job);
          else if (failures.set(job.key, result.failed).size >= MOST_FAILED) throw new GraderFailed(result.failed);
        } else await done(job.key, result);
      }
    } finally {
      await judge?.end();
    }
  };
  await Promise.all(Array.from({ length: Math.min(options.jobs, jobs.length) }, work));
  return failures;
}

class JudgeProcess {
  readonly #child: ChildProcess;
  #settle: ((message: FromJudge) => void) | undefined;

  private constructor(child: ChildProcess, signal: AbortSignal | undefined) {
    this.#child = child;
    child.on("message", (message: FromJudge) => this.#settle?.(message));
    // TensorFlow says much there; it matters where the process ends.
    let said = "";
    child.stderr?.on("data", (chunk: Buffer) => {
      said = (said + chunk).slice(-MOST_SAID);
    });
    child.on("exit", code => this.#settle?.({ failed: `A judge has left with code ${code}. ${said}` }));
    signal?.addEventListener("abort", () => void this.end(), { once: true });
  }

  static async start(assignment: Assignment, { layers, seed, signal }: PoolOptions): Promise<JudgeProcess> {
    const judge = new JudgeProcess(fork(program, { stdio: ["ignore", "ignore", "pipe", "ipc"] }), signal);
    await judge.#next();
    judge.#tell({ tell: "begin", assignment, layers, seed });
    return judge;
  }

  async grade({ key, runnable }: Job): Promise<Result | { failed: string }> {
    const answer = this.#next();
    this.#tell({ tell: "grade", key, runnable });
    const message = await answer;
    return "result" in message
      ? message.result
      : { failed: "failed" in message ? message.failed : "A judge lost its way." };
  }

  /** Its boxes end with it; nothing is left running. */
  async end(): Promise<void> {
    if (this.#child.connected) this.#child.disconnect();
    if (this.#child.exitCode === null && this.#child.signalCode === null) await once(this.#child, "exit");
  }

  #next(): Promise<FromJudge> {
    return new Promise(resolve => {
      this.#settle = resolve;
    });
  }

  #tell(message: ToJudge): void {
    if (this.#child.connected) this.#child.send(message);
  }
}
