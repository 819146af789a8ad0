/** What the figures do not say by themselves; kept by hand, the end of the page. */
export const notes = `## Where we fall short, and why

- **Against XLA (Keras jit) the small dense models are about level**, between 0.8 and 1.5 by processor time from run to run:
  XLA fuses the operations between two products into one loop, where our graph runs each over the whole tensor.
- **LSTM**: ahead of all, but by less than 1.2 of jit and \`torch.compile\`. Two times 28 steps wait for each other, in
  operations of 5 to 30 µs, of which TensorFlow's scheduling is a good part; XLA and Inductor fuse the gates into one.
- **Boltzmann machine against our own eager step: 1.3 to 1.6, not 5.** Five products of 784x500 are the step; there is little
  overhead to save. The same holds for the convolutional model (3 to 4.6) and, on busy cores, the dense one (4 to 5.5).
- **k-means on this small table** takes turns with scikit-learn from run to run (0.55 here, 4.9 before): 10 ms are mostly the
  calls, and the number of iterations differs with the first centroids.
- **PyTorch's rows vary up to tenfold** when other work runs: OpenMP's threads spin while they wait for a core, and processor
  time counts that. The VAE's 4.3 to 6.2 ms is what it takes undisturbed; read its dense row with the same eyes.
`;
