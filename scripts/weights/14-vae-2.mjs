// The N-VAE of lesson 14 with 2 codes.
import { trainingOf } from "./plane-and-sphere/train.mjs";

export const train = trainingOf("vae", 2);
