export { dispatch } from "./dispatch.ts";
export { prepareForTests } from "./prepare-for-tests.ts";
export { setUp } from "./set-up.ts";
