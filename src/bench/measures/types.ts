import type { Message } from "../../protocol/index.ts";
import { OURS } from "../peers/ours.ts";
import type { Results } from "../results.ts";
import type { Session } from "../session.ts";
import { pause, within } from "../within.ts";
import { addLatencies, forEach, latencyRows, type Measure, type Plan, withSession } from "./measure.ts";
import { addMemory } from "./start.ts";

const PATIENCE_MS = 5000;
const LOADED_MS = 1500;
const TENSOR = 'import type * as tf from "@tensorflow/tfjs";\nconst t = undefined as unknown as tf.Tensor;';

/** What only a kernel that checks types does: its warnings, and completion with a large library's types. */
export const types: Measure = (peers, results, plan) =>
  forEach(
    peers.filter(({ name }) => name === OURS),
    results,
    [...latencyRows("warning"), ...latencyRows("tfjs"), "tfjsRss"],
    async peer => {
      await withSession(peer, session => warnings(session, results, plan));
      await withSession(peer, session => tensors(session, results, plan));
    },
  );

async function warnings(session: Session, results: Results, { rounds, cells }: Plan): Promise<void> {
  const { typed, imports } = session.peer.cells;
  await session.run(imports);
  const wrong = (n: number) => `${typed(n)};\nconst wrong${n}: number = "text"`;
  await warned(session, wrong(0));
  for (let n = 1, round = 0; round < rounds; round++) {
    const taken: number[] = [];
    for (const last = n + cells / 2; n < last; n++) taken.push(await warned(session, wrong(n)));
    addLatencies(results, "warning", OURS, taken);
  }
}

/** Milliseconds from the reply of a cell to its warning. */
async function warned(session: Session, code: string): Promise<number> {
  let shown: (at: number) => void = () => {};
  const warning = new Promise<number>(resolve => {
    shown = resolve;
  });
  let id = "";
  session.client.onPublished = ({ header, parent_header }: Message) => {
    if (header.msg_type === "display_data" && parent_header.msg_id === id) shown(performance.now());
  };
  const begun = session.begin(code);
  id = begun.id;
  if ((await within(begun.ended, PATIENCE_MS * 6)) === undefined) throw new Error("no reply came");
  const replied = performance.now();
  const at = await within(warning, PATIENCE_MS);
  if (at === undefined) throw new Error("no warning came");
  return Math.max(0, at - replied);
}

async function tensors(session: Session, results: Results, { rounds, cells }: Plan): Promise<void> {
  await session.run(TENSOR);
  let n = 0;
  const once = async () => {
    const took = await session.complete(`let w${n++} = 1; t.resh`, PATIENCE_MS);
    if (took === undefined) throw new Error("no completion came");
    return took;
  };
  await once();
  for (let round = 0; round < rounds; round++) {
    const taken: number[] = [];
    for (let k = 0; k < cells; k++) taken.push(await once());
    addLatencies(results, "tfjs", OURS, taken);
  }
  await pause(LOADED_MS);
  addMemory(results, "tfjsRss", OURS, session);
}
