export { dispatch } from "./dispatch.ts";
export { prepareForTests } from "./prepare-for-tests.ts";
