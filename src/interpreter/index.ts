/** What a language must offer to be run by the kernel, and a toy language that proves the contract. */
export { EchoInterpreter } from "./echo.ts";
export type {
  Cell,
  CommMessage,
  Completeness,
  Completions,
  Failure,
  Host,
  Interpreter,
  LanguageInfo,
  Match,
  Memory,
  MimeBundle,
  Outcome,
  Output,
  UserExpression,
} from "./interpreter.ts";
