import { gunzipSync } from "node:zlib";
import type { DataFile, DataSet } from "../stored/packing.ts";

export type IdxFiles = "trainImages" | "trainLabels" | "testImages" | "testLabels";

/** One IDX file: sha256 of the content, sha256 and length of the `.gz`. */
type Row = readonly [name: string, content: string, packed: string, bytes: number];

/** The packings of an IDX file: `.gz` as every mirror has it, and unpacked as other tools leave it in a data folder. */
function idx(mirrors: readonly string[], [name, sha256, packed, bytes]: Row): DataFile {
  const addresses = mirrors.map(mirror => `${mirror}${name}.gz`);
  return {
    sha256,
    packings: [
      { name: `${name}.gz`, addresses, sha256: packed, bytes, read: gunzipSync },
      { name, addresses: [], sha256 },
    ],
  };
}

function idxFiles(mirrors: readonly string[], rows: Record<IdxFiles, Row>): Record<IdxFiles, DataFile> {
  return {
    trainImages: idx(mirrors, rows.trainImages),
    trainLabels: idx(mirrors, rows.trainLabels),
    testImages: idx(mirrors, rows.testImages),
    testLabels: idx(mirrors, rows.testLabels),
  };
}

const TRAIN_IMAGES = "train-images-idx3-ubyte";
const TRAIN_LABELS = "train-labels-idx1-ubyte";
const TEST_IMAGES = "t10k-images-idx3-ubyte";
const TEST_LABELS = "t10k-labels-idx1-ubyte";

/** Checksums of the `.gz` as in TensorFlow Datasets; mirrors of TensorFlow Datasets, torchvision, and a pinned copy. */
export const mnistSet: DataSet<IdxFiles> = {
  title: "MNIST",
  folder: "mnist",
  licence: "CC BY-SA 3.0, Yann LeCun and Corinna Cortes",
  files: idxFiles(
    [
      "https://storage.googleapis.com/cvdf-datasets/mnist/",
      "https://ossci-datasets.s3.amazonaws.com/mnist/",
      "https://raw.githubusercontent.com/fgnt/mnist/ae608a02b796c9ee908c082585a5f006fe05258e/",
    ],
    {
      trainImages: [
        TRAIN_IMAGES,
        "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
        "440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609",
        9_912_422,
      ],
      trainLabels: [
        TRAIN_LABELS,
        "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
        "3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c",
        28_881,
      ],
      testImages: [
        TEST_IMAGES,
        "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
        "8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6",
        1_648_877,
      ],
      testLabels: [
        TEST_LABELS,
        "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2",
        "f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6",
        4_542,
      ],
    },
  ),
};

/** Checksums of the `.gz` as in Keras; mirrors of Keras, its authors (pinned), and torchvision, which is without TLS. */
export const fashionMnistSet: DataSet<IdxFiles> = {
  title: "Fashion-MNIST",
  folder: "fashion-mnist",
  licence: "MIT, Zalando SE",
  files: idxFiles(
    [
      "https://storage.googleapis.com/tensorflow/tf-keras-datasets/",
      "https://raw.githubusercontent.com/zalandoresearch/fashion-mnist/b2617bb6d3ffa2e429640350f613e3291e10b141/data/fashion/",
      "http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/",
    ],
    {
      trainImages: [
        TRAIN_IMAGES,
        "c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888",
        "3aede38d61863908ad78613f6a32ed271626dd12800ba2636569512369268a84",
        26_421_880,
      ],
      trainLabels: [
        TRAIN_LABELS,
        "bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9",
        "a04f17134ac03560a47e3764e11b92fc97de4d1bfaf8ba1a3aa29af54cc90845",
        29_515,
      ],
      testImages: [
        TEST_IMAGES,
        "5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b",
        "346e55b948d973a97e58d2351dde16a484bd415d4595297633bb08f03db6a073",
        4_422_102,
      ],
      testLabels: [
        TEST_LABELS,
        "0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34",
        "67da17c76eaffca5446c3361aaab5c3cd6d1c2608764d35dfb1850b086bf8dd5",
        5_148,
      ],
    },
  ),
};
