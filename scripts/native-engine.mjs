import { bootstrap } from "./bootstrap.mjs";

/** Brings the clone and the native engine up to date: else what is stored would be what the slower engine computed. */
export async function withNativeEngine() {
  await bootstrap();
  const { setUp } = await import("../dist/cli/index.js");
  const { nativeEngineStep } = await import("../dist/setup/index.js");
  await setUp([nativeEngineStep]);
}
