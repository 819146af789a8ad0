"""Writes 50 steps of Keras' optimizers on a small model, as JSON on standard output, for a test of src/latent/compile.

npm run bench keras-fixture   runs it in the benchmarks' virtual environment and puts the file in place.
"""
import json
import os

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"

import keras
import numpy as np
import tensorflow as tf

STEPS = 50
OPTIMIZERS = {
    "Adam": lambda: keras.optimizers.Adam(0.01),
    "RMSProp": lambda: keras.optimizers.RMSprop(0.01),
    "RMSProp with momentum": lambda: keras.optimizers.RMSprop(0.003, momentum=0.5),
    "momentum": lambda: keras.optimizers.SGD(0.05, momentum=0.9),
    "Nesterov momentum": lambda: keras.optimizers.SGD(0.05, momentum=0.9, nesterov=True),
}


def rounded(array):
    """Float32 survives nine significant digits."""
    return [float(f"{value:.9g}") for value in np.asarray(array, np.float32).ravel()]


def train(optimizer, start, x, y):
    weights = [tf.Variable(value) for value in start]
    optimizer.build(weights)
    losses = []
    for _ in range(STEPS):
        with tf.GradientTape() as tape:
            hidden = tf.tanh(x @ weights[0] + weights[1])
            loss = tf.reduce_mean((hidden @ weights[2] + weights[3] - y) ** 2)
        optimizer.apply_gradients(zip(tape.gradient(loss, weights), weights))
        losses.append(loss.numpy())
    return {"losses": rounded(losses), "weights": [rounded(weight.numpy()) for weight in weights]}


random = np.random.default_rng(1)
x = random.normal(size=(16, 6)).astype(np.float32)
y = np.sin(2 * x[:, :4]).astype(np.float32)
start = [random.normal(scale=0.5, size=size).astype(np.float32) for size in [(6, 5), (5,), (5, 4), (4,)]]
print(
    json.dumps(
        {
            "versions": {"keras": keras.__version__, "tensorflow": tf.__version__},
            "x": rounded(x),
            "y": rounded(y),
            "start": [rounded(value) for value in start],
            "optimizers": {name: train(make(), start, x, y) for name, make in OPTIMIZERS.items()},
        }
    )
)
