// The N-VAE of lesson 14 with 5 codes.
import { trainingOf } from "./plane-and-sphere/train.mjs";

export const train = trainingOf("vae", 5);
