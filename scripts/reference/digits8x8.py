"""Facts of the 8x8 digits in float64, by NumPy alone: the targets of lesson 04. Run: python scripts/reference/digits8x8.py"""

import gzip
import pathlib

import numpy as np

table = pathlib.Path(__file__).parents[2] / "src/latent/data/tables/optdigits_1797.csv.gz"
with gzip.open(table, "rt") as lines:
    images = np.loadtxt(lines, delimiter=",", skiprows=1)[:, :64] / 16
centred = images - images.mean(0)
eigenvalues = np.linalg.eigvalsh(centred.T @ centred / len(images))[::-1]
for k in (0, 2, 3, 5, 8, 10, 16, 20, 30):
    print(f"tail sum, k = {k:2d}: {eigenvalues[k:].sum():.6f}")
