import type { Message } from "../../protocol/index.ts";
import type { Session } from "../session.ts";
import { pause } from "../within.ts";
import type { Side } from "./sides.ts";

/** A slider and the text that its handler writes, in a kernel that runs. */
export interface Slider {
  /** Sends a value as a page does. */
  move(value: number): void;
  /** Resolves with the milliseconds from `move` to the text that the handler wrote of it. */
  answer(value: number): Promise<number>;
  /** Forgets answers that nobody waits for. */
  forget(): void;
  /** Bytes of JSON, of one event and of all that it has the kernel publish. */
  bytes: { up: number; down: number };
}

const LIMIT_MS = 60_000;

/** Runs the cell that makes the slider. */
export async function sliderOf(session: Session, words: Side["words"]): Promise<Slider> {
  const opened = new Map<string, string>();
  session.client.onPublished = ({ header, content }) => {
    const { state } = (content.data ?? {}) as { state?: { _model_name?: string } };
    if (header.msg_type === "comm_open") opened.set(String(state?._model_name), String(content.comm_id));
  };
  await session.run(words.slider, LIMIT_MS);
  const [slider, html] = [opened.get("IntSliderModel"), opened.get("HTMLModel")];
  if (slider === undefined || html === undefined) throw new Error(`${session.peer.name} made no slider`);
  return listening(session, slider, html);
}

function listening({ client }: Session, slider: string, html: string): Slider {
  const sent = new Map<number, number>();
  const waiting = new Map<number, (ms: number) => void>();
  const bytes = { up: 0, down: 0 };
  client.onPublished = message => {
    bytes.down += size(message);
    const { comm_id, data } = message.content as { comm_id?: string; data?: { state?: { value?: string } } };
    if (comm_id !== html) return;
    const value = Number(/>(\d+)</.exec(data?.state?.value ?? "")?.[1]);
    // A text of a later value answers the earlier ones: changes of one turn travel together.
    for (const [earlier, at] of [...sent])
      if (earlier <= value) {
        waiting.get(earlier)?.(performance.now() - at);
        sent.delete(earlier);
      }
  };
  return {
    bytes,
    move(value) {
      const content = { comm_id: slider, data: { method: "update", state: { value }, buffer_paths: [] } };
      bytes.up += JSON.stringify(content).length;
      sent.set(value, performance.now());
      client.send("comm_msg", content, "shell");
    },
    answer: value => new Promise(resolve => waiting.set(value, resolve)),
    forget() {
      sent.clear();
      waiting.clear();
    },
  };
}

function size({ header, parent_header, metadata, content }: Message): number {
  return [header, parent_header, metadata, content].reduce<number>((sum, part) => sum + JSON.stringify(part).length, 0);
}

/** Sends `count` values, so many a second; returns what each took to its answer. */
export async function stream(
  slider: Slider,
  { from, count, perSecond }: { from: number; count: number; perSecond: number },
): Promise<Promise<number>[]> {
  const start = performance.now();
  const answers: Promise<number>[] = [];
  for (let i = 0; i < count; i++) {
    await pause(Math.max(0, start + (1000 * i) / perSecond - performance.now()));
    answers.push(slider.answer(from + i));
    slider.move(from + i);
  }
  return answers;
}
