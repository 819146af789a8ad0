interface Tracked {
  readonly isDisposed: boolean;
  readonly assign?: unknown;
}

interface Engine {
  trackTensor(tensor: Tracked, backend: unknown): void;
}

/**
 * How many tensors `run` makes and does not dispose. It holds them all, so that none of them goes because nobody else does:
 * `tf.memory()` counts what earlier tests have left to the collector too.
 */
export async function leftBy(tf: { engine(): unknown }, run: () => unknown): Promise<number> {
  const engine = tf.engine() as Engine;
  const track = engine.trackTensor;
  const made = new Set<Tracked>();
  engine.trackTensor = function (tensor, backend) {
    made.add(tensor);
    track.call(this, tensor, backend);
  };
  const before = new Set(variablesOf(engine));
  try {
    await run();
  } finally {
    engine.trackTensor = track;
  }
  return [...made].filter(tensor => !tensor.isDisposed && !before.has(tensor)).length;
}

function variablesOf(engine: unknown): Tracked[] {
  const { registeredVariables } = (engine as { state: { registeredVariables: Record<string, Tracked> } }).state;
  return Object.values(registeredVariables);
}
