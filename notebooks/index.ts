// ---
// jupyter:
//   jupytext:
//     formats: ipynb,ts:percent
//     text_representation:
//       extension: .ts
//       format_name: percent
//   kernelspec:
//     display_name: TypeScript (Latent)
//     language: typescript
//     name: typescript
// ---

// %% [markdown]
// # Autoencoders, proved by numbers
//
// A course after the lecture *AutoEncoders* by Edgar F. Roman-Rangel (ITAM, 2021), in TypeScript. Every lesson takes one statement
// of the lecture, asks what exactly it claims, derives it, trains the model in front of you, and checks the claim by a number.
//
// After the course you can
//
// 1. say of a model whether it learns $p(y \mid x)$, $p(x, y)$, or a code of $x$, and from which target;
// 2. derive what a linear autoencoder, a denoising one, a variational one and a restricted Boltzmann machine must reach;
// 3. build and train each of them, and tell a good result from a lucky one;
// 4. read a latent space: what lies near what, where the holes are, which numbers carry nothing.

// %% [markdown]
// ## The lessons
//
// | | | lesson | its question | lecture | run |
// | --- | --- | --- | --- | --- | --- |
// | ![Thirty digits, three of each class](attachment:01.png) | **01** | [Supervised learning, and two kinds of models](lectures/01-supervised-learning.ipynb) | What do $p(y \mid x)$ and $p(x, y)$ each know? | 45 min | 1 min |
// | ![A map of digits with islands](attachment:02.png) | **02** | [Unsupervised learning and its four tasks](lectures/02-unsupervised-learning.ipynb) | Four tasks without labels: how is each judged? | 45 min | 1 min |
// | ![Digits and their reconstructions](attachment:03.png) | **03** | [Self-supervision and the vanilla autoencoder](lectures/03-vanilla-autoencoder.ipynb) | What is learned when the target is the input? | 45 min | 1 min |
// | ![A plane of codes](attachment:04.png) | **04** | [Undercomplete autoencoders and PCA](lectures/04-undercomplete-pca.ipynb) | Equivalent in what: error, subspace, or axes? | 45 min | 1 min |
// | ![Filters, from noise to strokes](attachment:05.png) | **05** | [Overcomplete and sparse autoencoders](lectures/05-sparse-overcomplete.ipynb) | What keeps a wide code from copying? | 45 min | 1 min |
// | ![Arrows that lead to a ring](attachment:06.png) | **06** | [Denoising autoencoders](lectures/06-denoising-autoencoder.ipynb) | What must one know of the data to take noise away? | 45 min | 1 min |
// | ![A plane of digits](attachment:07.png) | **07** | [Deep autoencoders](lectures/07-deep-autoencoder.ipynb) | What do more layers gain, and what keeps them from gaining it? | 45 min | 1 min |
// | ![Feature maps of a digit](attachment:08.png) | **08** | [Convolutional autoencoders](lectures/08-convolutional-autoencoder.ipynb) | Which part of a CNN's potential reaches the code? | 45 min | 1 min |
// | ![An attention map](attachment:09.png) | **09** | [LSTM and transformer autoencoders](lectures/09-sequence-autoencoders.ipynb) | What must be hidden, and how low can the loss be? | 45 min | 1 min |
// | ![Accuracy against the number of labels](attachment:10.png) | **10** | [Pretraining, transfer, fine-tuning](lectures/10-pretraining.ipynb) | How many labels is pretraining worth? | 45 min | 1 min |
// | ![Holes in a plane of codes](attachment:11.png) | **11** | [Representation learning and the limits of autoencoders](lectures/11-representation-and-limits.ipynb) | What does a code know, and what lies where no code is? | 45 min | 1 min |
// | ![A ring of evidence](attachment:12.png) | **12** | [Variational inference](lectures/12-variational-inference.ipynb) | What does $q$ give us in place of $p(x)$? | 45 min | 1 min |
// | ![A grid of decoded digits](attachment:13.png) | **13** | [The variational autoencoder](lectures/13-variational-autoencoder.ipynb) | Which units does the loss have, and what does $\gamma$ do? | 45 min | 1 min |
// | ![A plane and a sphere of codes](attachment:14.png) | **14** | [Latent spaces: N-VAE on R², S-VAE on S²](lectures/14-latent-spaces.ipynb) | What changes when the codes live on a sphere? | 45 min | 1 min |
// | ![Filters of a Boltzmann machine](attachment:15.png) | **15** | [Restricted Boltzmann machine](lectures/15-restricted-boltzmann-machine.ipynb) | What is the loss of a network without an output? | 45 min | 1 min |
// | ![Rows of digits made to order](attachment:16.png) | **16** | [Deep belief networks](lectures/16-deep-belief-network.ipynb) | What does a cascade know that its first machine does not? | 45 min | 1 min |

// %% [markdown]
// ## How to run a lesson
//
// - **A cell** runs with Shift+Enter, all of them with *Run → Run All Cells*. The black square, or the key I twice, stops a cell
//   and keeps your variables; *Kernel → Restart* begins anew.
// - **Tab** completes, **Shift+Tab** shows the type and the documentation. A type error is shown below a cell as a warning, and
//   the cell still runs.
// - **Predict** before you run: the question in italics stands above the cell that answers it.
// - **Check cells** print a line for each claim: what was claimed, what you got, the target and its source, pass or fail.
// - **Exercises** end each lesson. Write your answer over `exercise.todo(...)`, then run the check below it: it tries your
//   function on random inputs and says what is wrong. The hint is folded.
// - **This folder is yours.** `npm start` copied the lessons to `work/`; an update never writes over what you changed. Delete a
//   notebook to get it back as the course has it.

// %% [markdown] tags=["remove-cell"]
// The next cell says whether everything is there.

// %%
import { data, engineReady, engineRoute, tf } from "latent";

// %%
await engineReady();
const digits = await data.mnist({ train: 100, test: 100 });
const product = tf.randomNormal([500, 500]).matMul(tf.randomNormal([500, 500]));
await product.data();
console.log(
  `engine   ${engineRoute}${engineRoute === "wasm" ? " (slower than native: npm start -- doctor)" : ""}`,
);
console.log(
  `digits   ${digits.source}${digits.source === "drawn" ? ": figures differ from the papers'" : ""}`,
);

// %% [markdown]
// ## Notation
//
// The lecture's letters where it has them. Rows of a matrix of data are examples; a single example is a column.
//
// | symbol | in code | what it is |
// | --- | --- | --- |
// | $x \in \mathbb{R}^d$, $x_n$ | `x`, a row of `[N, d]` | an input, the $n$-th of $N$; for images, grey levels from 0 (paper) to 1 (ink) |
// | $y$, $\hat y$ | `y`, `yHat` | a target, and what the model predicts; in an autoencoder $y = x$ |
// | $\hat x$ | `xHat` | a reconstruction of $x$ |
// | $\tilde x$ | `noisy` | a corrupted $x$ |
// | $z \in \mathbb{R}^k$ | `z`, `latent` | the code, or latent representation, of $x$ |
// | $f$, $g$ | `encoder`, `decoder` | $z = f(x)$, $\hat x = g(z)$ |
// | $\Omega$; $W_1, W_2, b$ | `weights` | all parameters of a model; weight matrices, a bias |
// | $\mathcal{L}$ | `loss` | what training makes small |
// | $\alpha$ | `alpha` | weight of a penalty on $\Omega$ or on $z$ |
// | $\lVert v \rVert$, $\lVert v \rVert_1$ | | Euclidean length; sum of absolute values |
// | $C$; $\lambda_j$, $u_j$ | `covariance`, `lambda` | covariance of the data; its eigenvalues, largest first, and eigenvectors |
// | $\sigma^2$, $\mu$ | `s2`, `mu` | a variance, a mean |
// | $p(\cdot)$, $q(\cdot)$ | | a distribution of the model; one that approximates it |
// | $D_{\mathrm{KL}}(q \,\Vert\, p)$ | `kl` | $\mathbb{E}_q[\log q - \log p]$, never negative |
// | $\gamma$ | `gamma` | weight of the KL term in the lecture's VAE loss |
// | $S^{m-1}$; $\kappa$ | `kappa` | the points of length 1 in $m$ dimensions; concentration of a von Mises–Fisher distribution around $\mu$ |
// | $A(\kappa)$ | `A` | the mean cosine between a draw of that distribution and $\mu$ |
// | $v$, $h$; $a$, $b$, $W$ | `v`, `h` | states of the visible and the hidden units of a restricted Boltzmann machine; their biases, and the weights between them |
// | $E(v, h)$, $F(v)$, $Z$ | `freeEnergy` | its energy; its free energy, $-\log \sum_h e^{-E(v, h)}$; the sum of $e^{-E}$ over all states |
// | $\tilde v$ | `sample` | a sample of the machine, the end of a Gibbs chain |
// | $\sigma(c)$, $\operatorname{softplus}(c)$ | `tf.sigmoid`, `tf.softplus` | $1 / (1 + e^{-c})$; $\log(1 + e^c)$ |
// | $h_1, h_2$; $W_2$ | `h1`, `h2` | in a cascade of machines: codes of the first and of the second; weights of the second |
// | $Q(h)$ | `Q` | the mean of $q(h \mid x_n)$ over the data: how often the encoder uses a code |
// | $\mathbb{E}$, $\operatorname{tr}$ | | expectation; trace, the sum of the diagonal |
//
// **Units.** A *squared error per image* is summed over the pixels and averaged over the images. Log-likelihoods and entropies are
// in *nats per image*: natural logarithms, summed over the pixels. A figure *per pixel* says so.

// %% [markdown]
// ## Glossary
//
// - **Supervised learning:** the target $y$ was given by somebody. **Unsupervised:** there is no target. **Self-supervised:** the
//   target is made from $x$ itself.
// - **Discriminative model:** gives $p(y \mid x)$, and cannot draw an $x$. **Generative model:** gives $p(x, y)$ or $p(x)$, and can.
// - **Encoder, latent representation, decoder:** the map to the code, the code, the map back.
// - **Undercomplete:** the code has fewer numbers than the input, $k < d$. **Overcomplete:** it has more.
// - **Regularizer:** what is added to the loss so that it is not the error alone that decides.
// - **Sparse:** most numbers are zero, or nearly; said of weights, or of codes.
// - **Denoising:** the input is corrupted, the target is not.
// - **Posterior:** $p(z \mid x)$, what is known of the code once $x$ is seen. **Prior:** $p(z)$, what was known before.
// - **N-VAE, S-VAE:** variational autoencoders whose codes lie in a plane (normal prior) or on a sphere (uniform prior). **Von
//   Mises–Fisher:** the Gaussian's counterpart on the sphere. **Hammer projection:** a flat map of the sphere that keeps areas.
// - **Evidence:** $p(x) = \int p(x \mid z)\, p(z)\, dz$. **ELBO:** a lower bound of its logarithm.
// - **Reparameterisation:** a draw written as a function of the parameters and of noise, $z = \mu + \sigma \varepsilon$, so that gradients pass.
// - **Collapsed code:** one whose $q(z_j \mid x)$ is the prior for every $x$; it carries nothing. **Aggregate posterior:** $q(z)$, the mean of
//   $q(z \mid x_n)$ over the data.
// - **Restricted Boltzmann machine:** visible and hidden units with lines between the layers and none within them; a low energy is a high
//   probability. **Free energy:** what is left of the energy when the hidden units are summed out.
// - **Gibbs sampling:** draw one layer given the other, in turn. **Contrastive divergence (CD-$k$):** the chains begin at the data and take $k$
//   steps. **Persistent (PCD):** they go on from where they stood.
// - **Annealed importance sampling:** an estimate of $Z$ by chains that go from an easy machine to the one in question.
// - **Deep belief network:** restricted Boltzmann machines on top of each other, trained from the bottom; only the top one is
//   undirected. **Tied stacking:** the new machine is the one below upside down, which changes $p(x)$ nowhere.
// - **Clamp:** hold some units at given values while the others are sampled.
// - **Principal angles:** the angles between two subspaces, from 0° (the same direction) to 90°.
// - **Epoch:** one pass over the training data. **Step:** one update of the weights, from one batch.
// - **Seed:** the number from which all random numbers of a lesson follow; the same seed gives the same figures.
