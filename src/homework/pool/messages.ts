import type { Assignment } from "../assignment/assignment.ts";
import type { Result } from "../judge/result.ts";
import type { Runnable } from "../judge/submission.ts";
import type { Layers } from "../sandbox/layers.ts";

export type ToJudge =
  | { tell: "begin"; assignment: Assignment; layers: Layers; seed: number }
  | { tell: "grade"; key: string; runnable: Runnable };

export type FromJudge = { ready: true } | { key: string; result: Result } | { failed: string };
