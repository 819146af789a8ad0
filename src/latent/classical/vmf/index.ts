export { besselRatio, besselRatioSlope } from "./bessel.ts";
export { sampleOneMinusCosine } from "./cosine.ts";
export { entropy, klSlope, klToUniform, logNormalizer, logSphereArea } from "./moments.ts";
export { sampleVmf, toUnitLength, uniformOnSphere } from "./sample.ts";
export { besselRatioTensor, klToUniformTensor } from "./tensors.ts";
export { type WoodDraw, woodProposal } from "./wood.ts";
