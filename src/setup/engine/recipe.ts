/** How one engine is made; the cache keeps what it makes under its key. */
export interface EngineRecipe {
  /** Changes with everything that changes the result. */
  readonly key: string;
  /** Shown by `latent doctor`. */
  readonly route: string;
  readonly tensorflow: string;
  /** The addon's file name inside the engine's folder. */
  readonly addon: string;
  /** A folder of the engine that the addon looks for in tfjs-node's own folder, under the same name. */
  readonly linked?: string;
  /**
   * Makes the engine in `folder`, which is renamed to `destination` when all of it is there; `scratch` is thrown away.
   * Returns the files, relative to `folder`, that must be present for the engine to work.
   */
  build(work: BuildWork): Promise<readonly string[]>;
}

export interface BuildWork {
  readonly folder: string;
  readonly scratch: string;
  readonly destination: string;
  readonly signal: AbortSignal;
  /** What is seen of the work: a few words, or the bytes of a download and how many it has where that is known. */
  readonly doing: (words: string) => void;
  readonly downloaded: (what: string, done: number, total: number | undefined) => void;
}
