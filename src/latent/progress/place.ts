import { randomUUID } from "node:crypto";
import { type HostKernel, hostKernel } from "../display/host.ts";
import type { ReadableBundle } from "../display/show.ts";
import { look, type Standing } from "./look.ts";

/** Ten pictures a second are seen as motion, and cost a training less than a hundredth of its time. */
const PERIOD_MS = 100;

/** One place below a cell: the outermost work has it, and work inside that shares it. */
interface Block {
  readonly kernel: HostKernel;
  readonly id: string;
  /** The cell, and how often the kernel had been stopped: work that a stop left behind shares its place with nobody. */
  readonly parent: unknown;
  readonly stops: number | undefined;
  readonly places: Place[];
  isShown: boolean;
  at: number;
}

let open: Block | undefined;

/**
 * Where a piece of work shows itself while it runs. Only what it leaves at its end stays in the notebook; work within other work
 * leaves nothing. Without Latent's kernel it is quiet.
 */
export class Place {
  readonly #block: Block | undefined = blockNow();
  #standing: (() => Standing) | undefined;
  #isOver = false;

  constructor() {
    this.#block?.places.push(this);
  }

  /** Shows where the work stands, at most ten times a second. */
  show(standing: () => Standing): void {
    this.#standing = standing;
    if (this.#block !== undefined && performance.now() - this.#block.at >= PERIOD_MS) refresh(this.#block);
  }

  /** The work is over. What it leaves stands in its place, unless that belongs to work around it. */
  end(left: Standing | ReadableBundle): void {
    const block = this.#block;
    if (block === undefined || this.#isOver) return;
    this.#isOver = true;
    const depth = block.places.indexOf(this);
    // Work inside that never ended is over as well.
    if (depth >= 0) block.places.splice(depth, Number.POSITIVE_INFINITY);
    if (depth !== 0) return;
    if (open === block) open = undefined;
    put(block, isStanding(left) ? look([left]) : left);
  }

  /** The work broke off. What was shown of it stays, without times; where nothing was shown, nothing comes. */
  breakOff(left: () => Standing): void {
    if (this.#block?.isShown && !this.#isOver) this.end(left());
    else this.#forget();
  }

  /** Where the work stands now; undefined before it was first shown. */
  now(): Standing | undefined {
    return this.#standing?.();
  }

  #forget(): void {
    const block = this.#block;
    if (block === undefined || this.#isOver) return;
    this.#isOver = true;
    block.places.splice(block.places.indexOf(this), Number.POSITIVE_INFINITY);
    if (block.places.length === 0 && open === block) open = undefined;
  }
}

function isStanding(left: Standing | ReadableBundle): left is Standing {
  return "words" in left;
}

function blockNow(): Block | undefined {
  const kernel = hostKernel();
  if (kernel === undefined) return undefined;
  const { parent, stops } = kernel;
  if (open === undefined || open.kernel !== kernel || open.parent !== parent || open.stops !== stops) {
    const id = randomUUID();
    open = { kernel, id, parent, stops, places: [], isShown: false, at: Number.NEGATIVE_INFINITY };
  }
  return open;
}

function refresh(block: Block): void {
  put(block, look(block.places.flatMap(place => place.now() ?? [])));
}

function put(block: Block, bundle: ReadableBundle): void {
  const options = { display_id: block.id };
  if (block.isShown) block.kernel.update?.(bundle, undefined, options);
  else block.kernel.display(bundle, undefined, options);
  block.isShown = true;
  block.at = performance.now();
}
