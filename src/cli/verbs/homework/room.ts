/** Loaded when a step runs: the grader's packages are not needed by other verbs. */
export async function room(): Promise<typeof import("../../../homework/index.ts")> {
  return await import("../../../homework/index.ts");
}
