/** The parts that `LATENT_REQUIRE` names must be there: what is missing of them is a failure and not a skip. */
export function isRequired(part: string): boolean {
  return (process.env.LATENT_REQUIRE ?? "").split(",").includes(part);
}

/** A module that needs TensorFlow, and for `test(…, { skip })` the reason why it could not be loaded, or false. */
export interface NeedsEngine<T> {
  skip: string | false;
  /** Empty where `skip` is a reason. */
  loaded: T;
}

/**
 * Loads a module of the library for a test file.
 *
 * @throws what the import threw, unless it is that the engine is missing and nobody requires it
 */
export async function whereEngine<T extends object>(load: () => Promise<T>): Promise<NeedsEngine<T>> {
  process.env.LATENT_ENGINE ||= "native"; // the tests of WebAssembly say so themselves
  try {
    return { skip: false, loaded: await load() };
  } catch (error) {
    if ((error as Error).name !== "EngineMissingError" || isRequired("engine")) throw error;
    return { skip: (error as Error).message, loaded: {} as T };
  }
}

/** False where `LATENT_DATA` names a folder of data sets, else the reason to skip a test that reads them. */
export function withoutData(): string | false {
  return process.env.LATENT_DATA ? false : "LATENT_DATA does not name a folder with mnist/ and digits8x8/";
}
