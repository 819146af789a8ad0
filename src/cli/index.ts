export { dispatch } from "./dispatch.ts";
export { setUpForArchive, setUpFrom } from "./from-archive.ts";
export { prepareForTests } from "./prepare-for-tests.ts";
export { setUp } from "./set-up.ts";
