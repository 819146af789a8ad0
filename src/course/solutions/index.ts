export { answerKey, answersOf } from "./answers.ts";
export { type Exercise, type ExercisePart, exercisesOf } from "./exercises.ts";
export { functionName, readSolutions, type Solution, type Solutions } from "./read.ts";
