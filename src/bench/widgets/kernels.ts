import { Session } from "../session.ts";
import { median, percentile } from "../statistics.ts";
import type { Side } from "./sides.ts";
import { type Slider, sliderOf, stream } from "./slider.ts";

/** What a kernel does with a slider, without a page. */
export interface KernelFigures {
  /** Milliseconds of one event to its answer. */
  p50: number;
  p95: number;
  /** Bytes of JSON of one event, up and down. */
  up: number;
  down: number;
  /** Events sent and heard while a cell trained. */
  sent: number;
  heard: number;
  /** Milliseconds of an event to its answer meanwhile. */
  busyP50: number;
  busyP95: number;
  /** How much longer the training took with the events, in percent. */
  slower: number;
  /** How much more of the processors it had, in percent: what else the machine does counts less there. */
  dearer: number;
}

const EVENTS = 200;
const PER_SECOND = 60;
/** Of each training, with and without events. */
const TRAINING_MS = 4000;
const CELL_MS = 120_000;

/** Both kernels take turns in each round, so that both see the same machine. */
export async function kernelFigures(sides: readonly Side[], rounds: number): Promise<Map<string, KernelFigures[]>> {
  const all = new Map<string, KernelFigures[]>(sides.map(({ name }) => [name, []]));
  for (let round = 0; round < rounds; round++)
    for (const side of sides) {
      process.stderr.write(`bench: ${side.name}, round ${round + 1} of ${rounds}\n`);
      all.get(side.name)?.push(await figuresOf(side));
    }
  return all;
}

async function figuresOf(side: Side): Promise<KernelFigures> {
  const session = await Session.ready(side);
  try {
    const slider = await sliderOf(session, side.words);
    return { ...(await quiet(slider)), ...(await training(session, side, slider)) };
  } finally {
    await session.stop();
  }
}

async function quiet(slider: Slider): Promise<Pick<KernelFigures, "p50" | "p95" | "up" | "down">> {
  const times: number[] = [];
  for (let value = 1; value <= EVENTS; value++) {
    if (value === 21) Object.assign(slider.bytes, { up: 0, down: 0 });
    const answered = slider.answer(value);
    slider.move(value);
    const took = await answered;
    if (value > 20) times.push(took);
  }
  const { up, down } = slider.bytes;
  return { p50: median(times), p95: percentile(times, 0.95), up: up / (EVENTS - 20), down: down / (EVENTS - 20) };
}

/** The same training without and with a hand on the slider, in turns. */
async function training(session: Session, { words }: Side, slider: Slider) {
  await session.run(words.prepareTraining, CELL_MS);
  const trained = async (steps: number): Promise<Trained> => {
    const { took = Number.NaN, spent = Number.NaN } = await printed(session, words.train(steps), ["took", "spent"]);
    return { took, spent };
  };
  await trained(50);
  const steps = Math.ceil((TRAINING_MS * 200) / (await trained(200)).took);
  await printed(session, words.heard, ["heard"]);
  const [alone, moved, times]: [Trained[], Trained[], number[]] = [[], [], []];
  let [sent, value] = [0, 1000];
  for (let turn = 0; turn < 2; turn++) {
    alone.push(await trained(steps));
    const count = Math.floor((0.9 * TRAINING_MS * PER_SECOND) / 1000);
    const cell = trained(steps);
    const answers = await stream(slider, { from: value, count, perSecond: PER_SECOND });
    moved.push(await cell);
    times.push(...(await Promise.all(answers)));
    sent += count;
    value += count;
  }
  const { heard = Number.NaN } = await printed(session, words.heard, ["heard"]);
  const more = (of: keyof Trained): number =>
    100 * (median(moved.map(each => each[of])) / median(alone.map(each => each[of])) - 1);
  const [slower, dearer] = [more("took"), more("spent")];
  return { sent, heard, busyP50: median(times), busyP95: percentile(times, 0.95), slower, dearer };
}

/** Milliseconds of a training. */
interface Trained {
  took: number;
  spent: number;
}

/** The numbers behind the words that a cell prints. */
async function printed(session: Session, code: string, words: readonly string[]): Promise<Record<string, number>> {
  const { client } = session;
  const before = client.onPublished;
  let text = "";
  client.onPublished = message => {
    before?.(message);
    if (message.header.msg_type === "stream") text += String(message.content.text);
  };
  const ran = await session.run(code, CELL_MS);
  client.onPublished = before;
  const found = words.map(word => [word, Number(new RegExp(`${word} ([\\d.]+)`).exec(text)?.[1])] as const);
  if (ran?.status !== "ok" || found.some(([, number]) => Number.isNaN(number)))
    throw new Error(`${session.peer.name} did not print ${words.join(" and ")}: ${text}`);
  return Object.fromEntries(found);
}
