import { bootstrap, runMain } from "./bootstrap.mjs";
import { bootstrapFrom, offerOf, takeArchive, takeFrom } from "./class-archive/from.mjs";

await runMain(async () => {
  // npm moves to the project's folder; file names on the command line mean the folder the user stands in.
  const folder = process.env.INIT_CWD ?? process.cwd();
  const { from, rest } = takeFrom(process.argv.slice(2));
  const archive = from === undefined ? undefined : await takeArchive(from, folder);
  if (archive === undefined) await bootstrap({ offline: rest.includes("--offline") });
  else await bootstrapFrom(archive, bootstrap);
  process.chdir(folder);
  const { dispatch, setUpFrom } = await import("../dist/cli/index.js");
  const code = archive === undefined ? 0 : await setUpFrom(offerOf(archive), rest);
  return code === 0 ? await dispatch(rest) : code;
});
