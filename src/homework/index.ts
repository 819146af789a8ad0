/** Homework: from one source of an assignment to the graded class. */
export { type Assignment, AssignmentFault, assignmentOf, pointsOf, readAssignment } from "./assignment/assignment.ts";
export { sourceNotebook, studentNotebook } from "./assignment/notebook.ts";
export { type Collected, collect } from "./class/collect.ts";
export { Course } from "./class/course.ts";
export { type Graded, type GradeOptions, type GradeProgress, gradeClass } from "./class/grade.ts";
export { judgeOne } from "./class/judge_one.ts";
export { begin, release, shippedScript } from "./class/release.ts";
export { type Report, reportsOf } from "./class/report.ts";
export { similarInClass } from "./class/similar.ts";
export { counted } from "./counted.ts";
export { writeFeedback } from "./export/feedback.ts";
export { FORMS, isForm, notIn } from "./export/forms.ts";
export { scoresOf } from "./export/scores.ts";
export { fillGradebook } from "./gradebook/gradebook.ts";
export { availableLayers, inWords, isIsolated, type Layers, NO_LAYERS } from "./sandbox/layers.ts";
export { similarPairs } from "./similarity/similar.ts";
export { handIn } from "./student/hand_in.ts";
export { type Validation, validate } from "./student/validate.ts";
