/** Answers that are tried at the tests of assignments: right ones, wrong ideas, and none at all. */
export { readAnswers, type TriedAnswer } from "./answers.ts";
export { trivialTo } from "./trivial.ts";
export { type Tried, tryAnswers } from "./try.ts";
