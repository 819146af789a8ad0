/** Resolves when the engine that was chosen computes. */
export async function engineReady(): Promise<void> {}
