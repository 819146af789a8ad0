import { packAmat } from "../stored/bits.ts";
import type { DataFile, DataSet } from "../stored/packing.ts";

const ORIGINAL = "http://www.cs.toronto.edu/~larocheh/public/datasets/binarized_mnist/";

/** The text file of the original, 784 characters 0 or 1 an image, and the same bits packed: 98 bytes an image. */
function part(name: string, bits: string, bitsPacked: string, amat: string, bytes: number): DataFile {
  return {
    sha256: bits,
    packings: [
      { name: `${name}.bits.gz`, addresses: [], sha256: bitsPacked },
      { name: `${name}.amat`, addresses: [`${ORIGINAL}${name}.amat`], sha256: amat, bytes, read: packAmat },
    ],
  };
}

/** Larochelle's binarisation of MNIST, drawn once and for all. Checksums of the text files as in TensorFlow Datasets. */
export const binarizedMnistSet: DataSet<"train" | "valid" | "test"> = {
  title: "Static binarised MNIST",
  folder: "binarized-mnist",
  licence: "CC BY-SA 3.0, derived from MNIST by Hugo Larochelle",
  files: {
    train: part(
      "binarized_mnist_train",
      "727146c35424b019f3e350e1e69faa05644a0abaf787e3f4e1a9632220a13906",
      "278f3ba53f8029a77ea4861d56f30f57f08a94a7dc0df297c3c0004724b73088",
      "ad693b29f94c14277b095f5238ddefbbdaaae0939789dd2f4f0205278cee3e4d",
      78_400_000,
    ),
    valid: part(
      "binarized_mnist_valid",
      "a256ac44ae26be720fad8616a05ed6ecfd1619930d9a208379bb2a4405df5b6d",
      "af88e34c6085c1de31fc2a4e734cb7c3f742d0193c5e08ac46407aa7785fc283",
      "1de3d397c40fe8eeb33dafd4099a1f665ec01e96d9be234aaeeac8a34930e2e2",
      15_680_000,
    ),
    test: part(
      "binarized_mnist_test",
      "9fcd8da6f0fdf09b2ba30fe63a0bb784042a0de82563172530229b983e294ff2",
      "88aa13556f14ef56c237105a9ddcba53d4bd49c16da8fd84a0db2952dcb77539",
      "e6687bfea3f820c174f33b7865140b2a2dd2930ef786f35d45795fc193b5ab2c",
      15_680_000,
    ),
  },
};
