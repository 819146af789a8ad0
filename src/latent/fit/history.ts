/** What one pass over the data came to. */
export interface Epoch {
  /** Mean loss of the epoch's batches, weighted by their rows, each taken before its update. */
  loss: number;
  /** Mean loss of the validation data after the epoch. */
  validation?: number;
  /**
   * The metrics of `model.compile`, by their names there, after the epoch: of the validation data, and without them of the
   * data that are trained on.
   */
  metrics?: Record<string, number>;
}

/** What a training was. */
export interface History {
  epochs: Epoch[];
  /** Steps taken, over all epochs and with those before a resumed checkpoint. */
  steps: number;
  /** Wall time of the steps taken in this call, in seconds; validation and compiling are not in it. */
  seconds: number;
  /** "graph" where each step was one call of TensorFlow, "eager" where tfjs ran its operations one by one. */
  mode: "graph" | "eager";
  /** Why the steps were not compiled. */
  reason?: string;
  /** Whether early stopping ended it. */
  stoppedEarly: boolean;
}
