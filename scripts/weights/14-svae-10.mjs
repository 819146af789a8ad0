// The S-VAE of lesson 14 on the sphere of 10 dimensions.
import { trainingOf } from "./plane-and-sphere/train.mjs";

export const train = trainingOf("svae", 10);
