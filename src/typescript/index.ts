/** TypeScript as a language that the kernel can run. */
export { TypeScriptInterpreter } from "./host/interpreter.ts";
