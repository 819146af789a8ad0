/** A data set is absent, damaged or not of its documented form; the message says what to do. */
export class DataError extends Error {
  override readonly name = "DataError";
}
