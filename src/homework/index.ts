/** Assignments: from one source to students' copies and graded submissions. */
export {
  type Assignment,
  AssignmentFault,
  assignmentOf,
  pointsOf,
  readAssignment,
} from "./assignment/assignment.ts";
export { sourceNotebook, studentNotebook } from "./assignment/notebook.ts";
