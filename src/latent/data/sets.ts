/** One file of a data set, as the mirrors hold it. */
export interface DataFile {
  name: string;
  /** Checksum of the file itself, compressed; absent where a loader checks the content instead. */
  sha256?: string;
}

/** A data set: where its files lie in a data folder, and where the world keeps them. */
export interface DataSet<Name extends string = string> {
  title: string;
  /** Sub-folder of `$LATENT_DATA` and of the cache. One a data set: MNIST and Fashion-MNIST share their file names. */
  folder: string;
  files: Record<Name, DataFile>;
  /** Addresses to which a file's name is appended, best first. */
  mirrors: readonly string[];
  licence: string;
}

/** The four files of MNIST. Checksums as in TensorFlow Datasets. */
export const mnistSet: DataSet<"trainImages" | "trainLabels" | "testImages" | "testLabels"> = {
  title: "MNIST",
  folder: "mnist",
  files: {
    trainImages: {
      name: "train-images-idx3-ubyte.gz",
      sha256: "440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609",
    },
    trainLabels: {
      name: "train-labels-idx1-ubyte.gz",
      sha256: "3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c",
    },
    testImages: {
      name: "t10k-images-idx3-ubyte.gz",
      sha256: "8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6",
    },
    testLabels: {
      name: "t10k-labels-idx1-ubyte.gz",
      sha256: "f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6",
    },
  },
  mirrors: [
    "https://storage.googleapis.com/cvdf-datasets/mnist/",
    "https://ossci-datasets.s3.amazonaws.com/mnist/",
    "https://raw.githubusercontent.com/fgnt/mnist/ae608a02b796c9ee908c082585a5f006fe05258e/",
  ],
  licence: "CC BY-SA 3.0, Yann LeCun and Corinna Cortes",
};

/**
 * The test part of UCI's optical digits, which is scikit-learn's `load_digits`: as a gzipped CSV file with a header
 * `p0,…,p63,label`, or as UCI's own `optdigits.tes`. The loader checks the content, so any packing of it will do.
 */
export const digits8x8Set: DataSet<"table" | "source"> = {
  title: "The set of 8×8 digits",
  folder: "digits8x8",
  files: { table: { name: "optdigits_1797.csv.gz" }, source: { name: "optdigits.tes" } },
  mirrors: [
    "https://raw.githubusercontent.com/yupinghuang/optical_digits/e20bac46f63c368613b24b2ff6b24259d791ae51/data/",
  ],
  licence: "CC BY 4.0, E. Alpaydin and C. Kaynak, UCI Machine Learning Repository",
};
