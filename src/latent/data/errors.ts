/** A data set is absent, damaged or not of its documented form; the message says what to do. */
export class DataError extends Error {
  override readonly name: string = "DataError";
}

/** No folder has the file and no mirror gave it. What is there and damaged is a plain {@link DataError}. */
export class DataAbsent extends DataError {
  override readonly name = "DataAbsent";
}
