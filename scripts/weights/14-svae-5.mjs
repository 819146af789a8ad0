// The S-VAE of lesson 14 on the sphere of 5 dimensions.
import { trainingOf } from "./plane-and-sphere/train.mjs";

export const train = trainingOf("svae", 5);
