import { bootstrap, runMain } from "./bootstrap.mjs";

await runMain(async () => {
  await bootstrap({ offline: process.argv.includes("--offline") });
  // npm moves to the project's folder; file names on the command line mean the folder the user stands in.
  if (process.env.INIT_CWD) process.chdir(process.env.INIT_CWD);
  const { dispatch } = await import("../dist/cli/index.js");
  return await dispatch(process.argv.slice(2));
});
