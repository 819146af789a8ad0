import type { IncludedFile } from "../stored/included.ts";

/** UCI's optical digits, test part: scikit-learn's `load_digits`. A header `p0,…,p63,label`, then 1,797 rows. */
export const digits8x8File: IncludedFile = {
  title: "The set of 8×8 digits",
  name: "optdigits_1797.csv.gz",
  sha256: "382d4afe363a7db045b9c76d8b6baaf183b4d4daf9964627a7f00b2d6f09b678",
};

/** Horst, Hill and Gorman 2020, doi:10.5281/zenodo.3960218. */
export const penguinsFile: IncludedFile = {
  title: "Palmer penguins",
  name: "penguins.csv",
  sha256: "f204db2c753b0937caac3cb35258562c14f073e4bbc76be24b4c51ce22767a93",
};

/** Cortez et al. 2009, doi:10.1016/j.dss.2009.05.016. */
export const wineQualityFile: IncludedFile = {
  title: "Wine quality (red)",
  name: "winequality-red.csv",
  sha256: "beeb42e13e74d1cabcdf3f1d7fe5a3c6ce9cabe6a2ab84a564f6bc0cdd5aea26",
};

/** First names of the US Social Security Administration, 2018, as makemore has them. */
export const namesFile: IncludedFile = {
  title: "names.txt",
  name: "names.txt",
  sha256: "0a30b5557f192f32ab962680889aac5f6fda0f4cecf40a6d0b5694f58ea8cc4d",
};

export const includedFiles: readonly IncludedFile[] = [digits8x8File, penguinsFile, wineQualityFile, namesFile];
