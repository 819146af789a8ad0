/** What a class archive has for one machine; its members are proved before an offer is made of them. */
export interface Offer {
  /** How the archive is called in messages. */
  readonly name: string;
  /** Absent where the archive was made on another platform than it is for. */
  readonly engine?: FinishedEngine;
  /** The member that is TensorFlow's wheel. */
  readonly tensorflow: string;
  /** The members that are JupyterLab's wheels, and the versions of Python that they are for. */
  readonly wheels: readonly string[];
  readonly pythons: readonly string[];
  readonly data: readonly OfferedData[];
  /** Copies a member to a file by a temporary name; `unpack` for one that was packed by gzip. */
  extract(member: string, target: string, options: { unpack?: boolean; signal: AbortSignal }): Promise<void>;
}

/** An engine that was built elsewhere, and needs no compiler here. */
export interface FinishedEngine {
  /** Of the recipe that it was made by. */
  readonly key: string;
  /** The addon's member. It looks for its libraries from where it is installed. */
  readonly addon: string;
  /** The libraries' file names with their members. */
  readonly libraries: Readonly<Record<string, string>>;
}

export interface OfferedData {
  readonly member: string;
  readonly bytes: number;
  /** Below the data folder: `mnist/train-labels-idx1-ubyte.gz`. */
  readonly path: string;
}
