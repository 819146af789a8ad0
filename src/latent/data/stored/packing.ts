/** One way in which a file's content is stored, and where the world keeps it so. */
export interface Packing {
  /** The file's name in its set's folder. */
  name: string;
  /** Full addresses, best first; empty for a packing that only a data folder has. */
  addresses: readonly string[];
  /** Of the packing itself. Where it is not known the content is checked instead. */
  sha256?: string;
  /** Length of the packing, where it is known: for the progress bar, and no mirror may send more. */
  bytes?: number;
  /** Turns the packing into the content. By default a name that ends in `.gz` is unpacked and all else taken as it is. */
  read?: (packed: Buffer) => Buffer;
}

/** A file of a data set: one content, however it is packed. */
export interface DataFile {
  /** Of the content, as the first packing gives it. */
  sha256: string;
  /** Best first, for reading and for fetching. */
  packings: readonly Packing[];
}

/** A data set: where its files lie in a data folder, and how they are packed there and in the world. */
export interface DataSet<Name extends string = string> {
  title: string;
  /** Sub-folder of `$LATENT_DATA` and of the cache. One a data set: MNIST and Fashion-MNIST share their file names. */
  folder: string;
  files: Record<Name, DataFile>;
  licence: string;
}
