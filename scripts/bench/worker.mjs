// What a worker does, in any language: it reads a request a line and answers with one line of JSON that begins with "@@".
//   {"prepare": "row", "family": "dense", "size": {"batch": 128}}  ->  {"seconds": until the first step was done}
//   {"run": steps}                                                 ->  {"wall": seconds, "cpu": seconds}
import { createInterface } from "node:readline";

/** @param prepare (request) => a function that runs so many steps of the row */
export async function serve(prepare) {
  let run;
  for await (const line of createInterface({ input: process.stdin })) {
    const request = JSON.parse(line);
    try {
      if (request.prepare) {
        run = undefined;
        const start = performance.now();
        run = await prepare(request);
        await run(1);
        answer({ seconds: (performance.now() - start) / 1000 });
      } else {
        answer(await measured(() => run(request.run)));
      }
    } catch (error) {
      answer({ error: String(error?.message ?? error).split("\n")[0] });
    }
  }
}

async function measured(body) {
  const cpu = process.cpuUsage();
  const start = performance.now();
  await body();
  const wall = (performance.now() - start) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  return { wall, cpu: (user + system) / 1e6 };
}

function answer(value) {
  process.stdout.write(`@@${JSON.stringify(value)}\n`);
}
