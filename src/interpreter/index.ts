/** What a language must offer to be run by the kernel, and a toy language that proves the contract. */
export { EchoInterpreter } from "./echo.ts";
export type {
  Cell,
  Completeness,
  Completions,
  Failure,
  Interpreter,
  LanguageInfo,
  Match,
  MimeBundle,
  Outcome,
  Output,
  OutputListener,
} from "./interpreter.ts";
