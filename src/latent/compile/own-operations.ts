import { type NativeBackend, nativeBackend } from "./native.ts";

/** What TensorFlow says of an operation that it does not have: in a graph, and where one is executed at once. */
const UNKNOWN = /not registered|is neither a type of a primitive operation nor a name of a function registered/;

const known = new WeakMap<NativeBackend, boolean>();

/**
 * Whether the engine has the operations of `src/native`: set-up compiles them into tfjs-node's addon where it can. Where
 * they are not, the same is put together from operations of TensorFlow.
 */
export function ownOperations(backend: NativeBackend | undefined = nativeBackend()): boolean {
  if (backend === undefined) return false;
  const found = known.get(backend) ?? isThere(backend);
  known.set(backend, found);
  return found;
}

/**
 * Asks the smallest of them. The number in its name is that of the form of all operations (`latent_ops.cc`): an addon of
 * another version, in a clone that was updated and not set up again, would take an attribute that it does not know for
 * nothing, and compute without it. A trace would write this down: it has to be asked before.
 */
function isThere({ binding, isUsingGpuDevice }: NativeBackend): boolean {
  if (isUsingGpuDevice) return false; // they run on processors only
  try {
    const [width] = binding.executeOp("LatentWidth10", [], [], 1);
    if (width) binding.deleteTensor(width.id);
    return width !== undefined;
  } catch (error) {
    if (error instanceof Error && UNKNOWN.test(error.message)) return false;
    throw error;
  }
}
