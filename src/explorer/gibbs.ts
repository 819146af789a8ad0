import { choice } from "./choice.ts";
import { button, frame, type Rendering, row } from "./frame.ts";
import { logistic, type Machine, machineOf, meanFreeEnergy, step } from "./machine.ts";
import { bytesOf, type Model, tell } from "./model.ts";
import { pad, withClear } from "./pad.ts";
import { centred } from "./pen.ts";
import { type Picture, picture } from "./picture.ts";

/** Steps in a second. */
const SPEEDS = [1, 2, 5, 10, 30, 60];

interface Chain {
  /** Where it began, for a restart. */
  start: Float32Array;
  state: Float32Array;
  /** p(v = 1 | h) of the last step; before it the state. */
  shown: Float32Array;
  readonly tile: Picture;
}

interface Chains {
  readonly model: Model;
  readonly side: number;
  readonly machine: Machine;
  /** One row of tiles starts at examples, the other at noise. */
  readonly rows: readonly { name: string; chains: Chain[] }[];
  words: HTMLElement;
  step: number;
  running: boolean;
  /** Milliseconds from one step to the next. */
  every: number;
  due: number;
}

/** Gibbs chains of a restricted Boltzmann machine, which run while the reader watches. */
export const gibbs: Rendering = {
  render({ model, el }) {
    const chains = read(model);
    build(chains, el);
    show(chains);
  },
};

function read(model: Model): Chains {
  const side = model.get("side") as number;
  const machine = machineOf(bytesOf(model, "weights"), side * side, model.get("hidden") as number);
  const images = bytesOf(model, "images");
  const count = images.length / side ** 2;
  const chain = (start: Float32Array, name: string): Chain => ({
    ...{ start, state: start, shown: start },
    tile: picture(side, name),
  });
  const example = (i: number) => Float32Array.from(images.subarray(i * side ** 2, (i + 1) * side ** 2));
  const noise = () => Float32Array.from(machine.visibleBias, bias => Number(Math.random() < logistic(bias)));
  const named = (name: string, start: (i: number) => Float32Array) => ({
    name,
    chains: Array.from({ length: count }, (_, i) => chain(start(i), `chain ${i + 1} ${name}`)),
  });
  const rows = [named("from examples", example), named("from noise", noise)];
  return {
    ...{ model, side, machine, rows, words: document.createElement("p") },
    ...{ step: 0, running: false, every: 1000 / 10, due: 0 },
  };
}

function build(chains: Chains, el: HTMLElement): void {
  const { rows, side } = chains;
  const run = button("Run", () => (chains.running ? stop() : start()));
  const stop = (): void => {
    chains.running = false;
    run.textContent = "Run";
    show(chains);
  };
  const start = (): void => {
    Object.assign(chains, { running: true, due: performance.now() });
    run.textContent = "Pause";
    requestAnimationFrame(now => frameOf(chains, now, { el, stop }));
  };
  const once = button("One step", () => {
    stop();
    advance(chains);
    show(chains);
  });
  const speed = choice(
    "speed",
    SPEEDS.map(value => `${value} steps a second`),
    () => {
      chains.every = 1000 / (SPEEDS[speed.value] as number);
    },
  );
  speed.choose(SPEEDS.indexOf(10));
  const restart = button("Restart", () => begin(chains));
  const board = pad(() => {
    const digit = centred(board.read(), side);
    if (digit !== undefined) fromDrawing(chains, digit);
  });
  const tiles = rows.map(({ name, chains }) => {
    const label = document.createElement("span");
    label.textContent = name;
    return row("chains", label, ...chains.map(({ tile }) => tile.canvas));
  });
  const drawing = withClear(board);
  chains.words = frame(
    el,
    "Gibbs chains",
    row("wide", row("sliders", run, once, restart, speed.element), ...tiles),
    drawing,
  );
}

/** One frame of the page: as many steps as are due, ten at most, so that a slow page stays usable. */
function frameOf(chains: Chains, now: number, place: { el: HTMLElement; stop: () => void }): void {
  if (!chains.running) return;
  // A notebook takes out of the page what is scrolled away: the chains wait there, and the button says so.
  if (!place.el.isConnected) {
    place.stop();
    return;
  }
  for (let i = 0; i < 10 && now >= chains.due; i++) {
    advance(chains);
    chains.due += chains.every;
  }
  chains.due = Math.max(chains.due, now);
  show(chains);
  requestAnimationFrame(next => frameOf(chains, next, place));
}

function advance(chains: Chains): void {
  for (const chain of chains.rows.flatMap(row => row.chains)) {
    const { probabilities, state } = step(chains.machine, chain.state);
    Object.assign(chain, { state, shown: probabilities });
  }
  chains.step++;
  chains.model.set("step", chains.step);
  tell(chains.model);
}

/** All chains go back to where they began. */
function begin(chains: Chains): void {
  for (const chain of chains.rows.flatMap(row => row.chains))
    Object.assign(chain, { state: chain.start, shown: chain.start });
  chains.step = 0;
  show(chains);
}

/** The upper row starts at what the reader drew, ink or paper. */
function fromDrawing(chains: Chains, digit: Float32Array): void {
  for (const chain of chains.rows[0]?.chains ?? []) chain.start = digit.map(value => Number(value >= 0.5));
  begin(chains);
}

function show(chains: Chains): void {
  const { rows, machine, step } = chains;
  const said = rows.map(({ name, chains }) => {
    for (const [i, { shown, tile }] of chains.entries()) tile.show(shown, `chain ${i + 1} ${name}, step ${step}`);
    const energy = meanFreeEnergy(
      machine,
      chains.map(({ state }) => state),
    );
    return `${name} ${energy.toFixed(0).replace("-", "−")}`;
  });
  chains.words.textContent = `Step ${step}. Mean free energy in nats: ${said.join(", ")}.`;
}
