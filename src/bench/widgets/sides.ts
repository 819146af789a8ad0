import { join } from "node:path";
import { ours, root } from "../peers/ours.ts";
import type { Peer } from "../peers/peer.ts";

/** A kernel with what its cells say: a slider whose handler writes into an html widget, and a training. */
export interface Side extends Peer {
  words: {
    /** Makes `z` and `words`; the handler counts in `heard`. */
    slider: string;
    /** Makes `training(steps)`. */
    prepareTraining: string;
    /** Trains for so many steps and prints the milliseconds that it took, and those that processors spent on it. */
    train: (steps: number) => string;
    /** Prints how many values the handler has heard, and sets the count to 0. */
    heard: string;
  };
}

/** The Python of JupyterLab's own environment: ipykernel and ipywidgets come with it. */
export const python: string = join(root, ".venv", "bin", "python");

const TYPESCRIPT: Side["words"] = {
  slider: `import { models, tf, train, widgets } from "latent"
let heard = 0
const z = widgets.intSlider({ description: "z", min: 0, max: 100000 })
const words = widgets.html("<p id='words'>0</p>")
z.onChange(value => { heard++; words.value = \`<p id='words'>\${value}</p>\` })
widgets.vbox([z, words])`,
  prepareTraining: `const model = models.denseAutoencoder({ inputs: 784, code: 32, seed: 1 })
const batch = tf.randomUniform([100, 784], 0, 1, "float32", 1)
const adam = tf.train.adam(0.001)
async function training(steps) {
  const [start, used] = [performance.now(), process.cpuUsage()]
  for (let i = 0; i < steps; i++) await train.minimize(adam, () => model.loss(batch))
  const { user, system } = process.cpuUsage(used)
  return "took " + (performance.now() - start) + " spent " + (user + system) / 1000
}`,
  train: steps => `console.log(await training(${steps}))`,
  heard: `console.log("heard " + heard); heard = 0`,
};

const PYTHON: Side["words"] = {
  slider: `import ipywidgets, time
heard = 0
z = ipywidgets.IntSlider(description="z", min=0, max=100000)
words = ipywidgets.HTML("<p id='words'>0</p>")
def moved(change):
    global heard
    heard += 1
    words.value = f"<p id='words'>{change['new']}</p>"
z.observe(moved, "value")
ipywidgets.VBox([z, words])`,
  prepareTraining: `def training(steps):
    start, used = time.perf_counter(), time.process_time()
    for _ in range(steps):
        sum(i * i for i in range(20000))
    return "took", 1000 * (time.perf_counter() - start), "spent", 1000 * (time.process_time() - used)`,
  train: steps => `print(*training(${steps}))`,
  heard: `print("heard", heard); heard = 0`,
};

export async function sides(): Promise<Side[]> {
  const latent = await ours.prepare("");
  const spec = () => ({
    argv: [python, "-m", "ipykernel_launcher", "-f", "{connection_file}"],
    display_name: "Python",
    language: "python",
  });
  return [
    { name: "ipykernel", version: "", cells: { ...latent.cells, one: "1" }, spec, words: PYTHON },
    { name: "Latent", ...latent, words: TYPESCRIPT },
  ];
}
