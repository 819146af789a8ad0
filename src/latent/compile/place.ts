/** Frames below the author's: tfjs, Node itself, and these rooms (but not their tests). */
const BELOW = [
  /[\\/]node_modules[\\/](?:@tensorflow|tslib)[\\/]/,
  /[\\/]tfjs-[\w-]+[\\/]src[\\/]/, // the same through its source maps
  /[( ]node:/,
  /[\\/]latent[\\/](?:classical|compile|engine|fit|models|options|random|train)[\\/](?!.*\.test\.)(?:[\w-]+[\\/])*[\w-]+\.[jt]s/,
  /\(<anonymous>\)/,
];
const PLACE = /(?:\(|at )((?:file:\/\/)?[^()\s]+:\d+:\d+)\)?$/;

/** Where the author's code stands in a stack: the innermost frame that is neither tfjs' nor ours, `file:line:column`. */
export function place({ stack = "" }: Error): string | undefined {
  const frames = stack.split("\n").filter(line => /^\s+at /.test(line));
  const author = frames.find(line => !BELOW.some(pattern => pattern.test(line)));
  return author && PLACE.exec(author.trimEnd())?.[1]?.replace(/^file:\/\//, "");
}

/** Remembers the present stack at little cost: it is formatted when somebody reads it. */
export function remember(): Error {
  return new Error("here");
}

/** Names of the functions that are running, innermost first; without the cost of a stack in words. */
export function callers(): string[] {
  const formatted = Error.prepareStackTrace;
  try {
    Error.prepareStackTrace = (_, frames) => frames.map(frame => frame.getFunctionName() ?? "");
    return new Error().stack as unknown as string[];
  } finally {
    Error.prepareStackTrace = formatted;
  }
}
