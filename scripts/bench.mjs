// npm run bench <name>: measures against peers, in a virtual environment of its own below the cache.
import { BootstrapFailure, bootstrap, runMain } from "./bootstrap.mjs";

const benches = {
  kernel: async args => (await import("../dist/bench/index.js")).benchKernel(args),
  widgets: async args => (await import("../dist/bench/index.js")).benchWidgets(args),
  training: async args => (await import("./bench/training.mjs")).training(args),
  homework: async args => (await import("./bench/homework.mjs")).homework(args),
  "keras-fixture": async () => (await import("./bench/keras-fixture.mjs")).kerasFixture(),
};

await runMain(async () => {
  const [name, ...args] = process.argv.slice(2);
  const bench = benches[name];
  if (!bench) throw new BootstrapFailure(`npm run bench <name>, where name is ${Object.keys(benches).join(" or ")}.`);
  await bootstrap();
  await bench(args);
  return 0;
});
