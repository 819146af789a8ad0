// Run by probe.ts in a process of its own: a TensorFlow that crashes then ends this process and no other.
import { createRequire } from "node:module";
import { join } from "node:path";
import util from "node:util";

interface Binding {
  readonly TF_Version: string;
  executeOp?(op: string, attributes: [], inputs: [], outputs: number): { id: number }[];
  tensorDataSync(id: number): Int32Array;
}

interface Backend {
  readonly binding: Binding;
}

interface TensorFlow {
  backend(): Backend;
  matMul(a: readonly number[][], b: readonly number[][]): { dataSync(): Float32Array };
}

const legacy = util as unknown as Record<string, unknown>;
// tfjs-node 4.22 calls two functions that Node 23 removed.
legacy.isNullOrUndefined ??= (value: unknown) => value === null || value === undefined;
legacy.isArray ??= Array.isArray;

const [, , root = "."] = process.argv;
const tf = createRequire(join(root, "package.json"))("@tensorflow/tfjs-node") as TensorFlow;
const [product] = tf.matMul([[3]], [[14]]).dataSync();
if (product !== 42) throw new Error(`3 times 14 came out as ${product}`);
const { binding } = tf.backend();
process.stdout.write(`\n${JSON.stringify({ tensorflow: binding.TF_Version, width: widthOf(binding) })}\n`);

/** What our own operations say of themselves, where the addon was built with them (`src/native`). */
function widthOf(binding: Binding): number | undefined {
  try {
    const [width] = binding.executeOp?.("LatentWidth10", [], [], 1) ?? [];
    return width && binding.tensorDataSync(width.id)[0];
  } catch (error) {
    if (error instanceof Error && /not registered|neither a type of a primitive operation/.test(error.message))
      return undefined;
    throw error;
  }
}
