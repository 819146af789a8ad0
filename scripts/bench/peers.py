"""The rows of Keras, PyTorch and scikit-learn: the models of families.mjs, and the protocol of worker.mjs."""
import json
import os
import sys
import time

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"


def serve(prepare):
    run = None
    for line in sys.stdin:
        request = json.loads(line)
        try:
            if "prepare" in request:
                start = time.perf_counter()
                run = prepare(request["prepare"], request["family"], request["size"])
                run(1)
                answer = {"seconds": time.perf_counter() - start}
            else:
                cpu, start = time.process_time(), time.perf_counter()
                run(request["run"])
                answer = {"wall": time.perf_counter() - start, "cpu": time.process_time() - cpu}
        except Exception as error:  # the row says what the peer said, and the others go on
            answer = {"error": f"{type(error).__name__}: {error}".splitlines()[0][:200]}
        print("@@" + json.dumps(answer), flush=True)


class NotRun(Exception):
    pass


def keras_rows():
    import keras
    import numpy as np
    import tensorflow as tf
    from keras import layers as L

    bits = tf.nn.sigmoid_cross_entropy_with_logits

    def dense(batch, width=256, depth=1):
        hidden = [width] * depth
        net = [L.Input((784,))] + [L.Dense(u, "relu") for u in hidden + [32] + hidden] + [L.Dense(784)]
        return keras.Sequential(net), (batch, 784)

    def conv(batch):
        same = {"kernel_size": 3, "strides": 2, "padding": "same"}
        net = [
            L.Input((28, 28, 1)),
            L.Conv2D(16, activation="relu", **same),
            L.Conv2D(32, activation="relu", **same),
            L.Flatten(),
            L.Dense(30),
            L.Dense(7 * 7 * 32, "relu"),
            L.Reshape((7, 7, 32)),
            L.Conv2DTranspose(16, activation="relu", **same),
            L.Conv2DTranspose(1, **same),
        ]
        return keras.Sequential(net), (batch, 28, 28, 1)

    def lstm(batch):
        net = [L.Input((28, 28)), L.LSTM(64), L.Dense(16)]
        net += [L.RepeatVector(28), L.LSTM(64, return_sequences=True), L.Dense(28)]
        return keras.Sequential(net), (batch, 28, 28)

    def transformer(batch):
        S, D, heads = 28, 64, 2

        class Place(L.Layer):
            def build(self, _):
                self.place = self.add_weight(shape=(S, D), initializer="random_normal")

            def call(self, x):
                return x + self.place

        def block(x):
            y = L.LayerNormalization(epsilon=1e-5)(x)
            x = L.Add()([x, L.MultiHeadAttention(heads, D // heads)(y, y)])
            y = L.Dense(4 * D, "relu")(L.LayerNormalization(epsilon=1e-5)(x))
            return L.Add()([x, L.Dense(D)(y)])

        x = L.Input((S, 28))
        h = L.Flatten()(block(block(Place()(L.Dense(D)(x)))))
        h = L.Reshape((S, D))(L.Dense(S * D)(L.Dense(16)(h)))
        return keras.Model(x, L.Dense(28)(block(block(h)))), (batch, S, 28)

    class Vae(keras.Model):
        def __init__(self):
            super().__init__()
            self.encoder = keras.Sequential([L.Dense(256, "relu"), L.Dense(128, "relu")])
            self.mu, self.log_variance = L.Dense(2), L.Dense(2)
            self.decoder = keras.Sequential([L.Dense(128, "relu"), L.Dense(256, "relu"), L.Dense(784)])

        def call(self, x):
            h = self.encoder(x)
            m, s = self.mu(h), self.log_variance(h)
            self.add_loss(tf.reduce_mean(tf.reduce_sum(m * m + tf.exp(s) - 1 - s, 1)) * 0.5)
            return self.decoder(m + tf.exp(s * 0.5) * tf.random.normal(tf.shape(m)))

    def vae(batch):
        model = Vae()
        model(np.zeros((batch, 784), "float32"))
        return model, (batch, 784)

    class Svae(Vae):
        """The sphere in three dimensions, where the von Mises-Fisher law has a closed form."""

        def __init__(self):
            super().__init__()
            self.mu, self.log_variance = L.Dense(3), L.Dense(1)

        def call(self, x):
            h = self.encoder(x)
            m, k = tf.math.l2_normalize(self.mu(h), 1), tf.nn.softplus(self.log_variance(h)) + 1
            e = tf.exp(-2 * k)
            log_sinh = k + tf.math.log1p(-e) - np.log(2)
            self.add_loss(tf.reduce_mean(k * (1 + e) / (1 - e) - 1 + tf.math.log(k) - log_sinh))
            u = tf.random.uniform(tf.shape(k))
            w = 1 + tf.math.log(u + (1 - u) * e) / k
            v = tf.math.l2_normalize(tf.random.normal([tf.shape(k)[0], 2]), 1)
            z = tf.concat([w, tf.sqrt(tf.maximum(1 - w * w, 1e-9)) * v], 1)
            axis = tf.math.l2_normalize(tf.constant([[1.0, 0.0, 0.0]]) - m, 1)
            return self.decoder(z - 2 * tf.reduce_sum(z * axis, 1, keepdims=True) * axis)

    def svae(batch):
        model = Svae()
        model(np.zeros((batch, 784), "float32"))
        return model, (batch, 784)

    models = {"dense": dense, "vae": vae, "svae": svae, "conv": conv, "lstm": lstm, "transformer": transformer}

    def loss_of(family):
        if family in ("vae", "svae"):
            return lambda x, y: tf.reduce_mean(tf.reduce_sum(bits(x, y), 1))
        return lambda x, y: tf.reduce_mean(bits(x, y))

    def fit(family, size):
        if family == "rbm":
            raise NotRun("fit takes gradients")
        model, shape = models[family](**size)
        model.compile(optimizer=keras.optimizers.Adam(1e-3), loss=loss_of(family))

        def run(steps):
            x = np.tile(batch, (steps,) + (1,) * (len(shape) - 1))
            model.fit(x, x, batch_size=shape[0], epochs=1, shuffle=False, verbose=0)

        batch = np.random.default_rng(1).random(shape, dtype="float32")
        return run

    def epochs(family, size):
        model, shape = models[family](size["batch"])
        model.compile(optimizer=keras.optimizers.Adam(1e-3), loss=loss_of(family))
        x = np.random.default_rng(1).random((size["rows"],) + shape[1:], dtype="float32")
        return lambda steps: model.fit(x, x, batch_size=shape[0], epochs=steps, shuffle=True, verbose=0)

    def function(jit):
        def prepare(family, size):
            step, x = rbm_step(jit, **size) if family == "rbm" else model_step(jit, family, size)

            def run(steps):
                for _ in range(steps):
                    float(step(x))

            return run

        return prepare

    def model_step(jit, family, size):
        model, shape = models[family](**size)
        loss, optimizer, weights = loss_of(family), keras.optimizers.Adam(1e-3), model.trainable_variables
        optimizer.build(weights)

        @tf.function(jit_compile=jit)
        def step(x):
            with tf.GradientTape() as tape:
                value = loss(x, model(x, training=True)) + sum(model.losses)
            optimizer.apply_gradients(zip(tape.gradient(value, weights), weights))
            return value

        return step, tf.constant(np.random.default_rng(1).random(shape, dtype="float32"))

    def rbm_step(jit, batch):
        w = tf.Variable(tf.random.normal([784, 500], stddev=0.01))
        b, c, rate = tf.Variable(tf.zeros([784])), tf.Variable(tf.zeros([500])), 0.05 / batch

        def bernoulli(p):
            return tf.cast(tf.random.uniform(p.shape) < p, tf.float32)

        @tf.function(jit_compile=jit)
        def step(v0):
            p0 = tf.sigmoid(v0 @ w + c)
            v1 = bernoulli(tf.sigmoid(tf.matmul(bernoulli(p0), w, transpose_b=True) + b))
            p1 = tf.sigmoid(v1 @ w + c)
            w.assign_add(rate * (tf.matmul(v0, p0, transpose_a=True) - tf.matmul(v1, p1, transpose_a=True)))
            b.assign_add(rate * tf.reduce_sum(v0 - v1, 0))
            c.assign_add(rate * tf.reduce_sum(p0 - p1, 0))
            return tf.reduce_mean((v0 - v1) ** 2)

        return step, tf.constant((np.random.default_rng(1).random((batch, 784)) < 0.2).astype("float32"))

    return {
        "keras fit": fit,
        "keras epochs": epochs,
        "keras tf.function": function(False),
        "keras tf.function, jit": function(True),
    }


def torch_rows():
    import torch
    from torch import nn
    from torch.nn import functional as F

    def dense(width=256, depth=1, **_):
        sizes = [784] + [width] * depth + [32] + [width] * depth + [784]
        parts = [part for i, o in zip(sizes, sizes[1:]) for part in (nn.Linear(i, o), nn.ReLU())]
        return nn.Sequential(*parts[:-1]), (784,)

    def conv(**_):
        net = nn.Sequential(
            nn.Conv2d(1, 16, 3, 2, 1),
            nn.ReLU(),
            nn.Conv2d(16, 32, 3, 2, 1),
            nn.ReLU(),
            nn.Flatten(),
            nn.Linear(1568, 30),
            nn.Linear(30, 1568),
            nn.ReLU(),
            nn.Unflatten(1, (32, 7, 7)),
            nn.ConvTranspose2d(32, 16, 3, 2, 1, 1),
            nn.ReLU(),
            nn.ConvTranspose2d(16, 1, 3, 2, 1, 1),
        )
        return net, (1, 28, 28)

    class Lstm(nn.Module):
        def __init__(self):
            super().__init__()
            self.encoder, self.decoder = nn.LSTM(28, 64, batch_first=True), nn.LSTM(16, 64, batch_first=True)
            self.code, self.out = nn.Linear(64, 16), nn.Linear(64, 28)

        def forward(self, x):
            code = self.code(self.encoder(x)[0][:, -1:])
            return self.out(self.decoder(code.expand(-1, 28, -1))[0])

    class Block(nn.Module):
        def __init__(self, size, heads):
            super().__init__()
            self.n1, self.n2, self.heads = nn.LayerNorm(size), nn.LayerNorm(size), heads
            self.qkv, self.out = nn.Linear(size, 3 * size), nn.Linear(size, size)
            self.up, self.down = nn.Linear(size, 4 * size), nn.Linear(4 * size, size)

        def forward(self, x):
            b, s, d = x.shape
            q, k, v = self.qkv(self.n1(x)).view(b, s, 3, self.heads, d // self.heads).permute(2, 0, 3, 1, 4)
            mixed = F.scaled_dot_product_attention(q, k, v).transpose(1, 2).reshape(b, s, d)
            x = x + self.out(mixed)
            return x + self.down(F.relu(self.up(self.n2(x))))

    class Transformer(nn.Module):
        def __init__(self, S=28, D=64):
            super().__init__()
            self.into, self.place = nn.Linear(28, D), nn.Parameter(torch.randn(S, D) * 0.02)
            self.encoder, self.decoder = (nn.Sequential(Block(D, 2), Block(D, 2)) for _ in range(2))
            self.code, self.decode, self.out = nn.Linear(S * D, 16), nn.Linear(16, S * D), nn.Linear(D, 28)

        def forward(self, x):
            h = self.encoder(self.into(x) + self.place)
            return self.out(self.decoder(self.decode(self.code(h.flatten(1))).view_as(h)))

    class Vae(nn.Module):
        def __init__(self):
            super().__init__()
            self.encoder = nn.Sequential(nn.Linear(784, 256), nn.ReLU(), nn.Linear(256, 128), nn.ReLU())
            self.mu, self.log_variance = nn.Linear(128, 2), nn.Linear(128, 2)
            parts = [nn.Linear(2, 128), nn.ReLU(), nn.Linear(128, 256), nn.ReLU(), nn.Linear(256, 784)]
            self.decoder = nn.Sequential(*parts)

        def code(self, h):
            m, s = self.mu(h), self.log_variance(h)
            return m + torch.exp(s * 0.5) * torch.randn_like(m), 0.5 * (m * m + torch.exp(s) - 1 - s).sum(1)

        def loss(self, x):
            z, divergence = self.code(self.encoder(x))
            bits = F.binary_cross_entropy_with_logits(self.decoder(z), x, reduction="none").sum(1)
            return (bits + divergence).mean()

    class Svae(Vae):
        def __init__(self):
            super().__init__()
            self.mu, self.log_variance = nn.Linear(128, 3), nn.Linear(128, 1)
            self.decoder[0] = nn.Linear(3, 128)

        def code(self, h):
            m, k = F.normalize(self.mu(h)), F.softplus(self.log_variance(h)) + 1
            e = torch.exp(-2 * k)
            log_sinh = k + torch.log1p(-e) - 0.6931472
            divergence = k * (1 + e) / (1 - e) - 1 + torch.log(k) - log_sinh
            u = torch.rand_like(k)
            w = 1 + torch.log(u + (1 - u) * e) / k
            v = F.normalize(torch.randn(len(k), 2))
            z = torch.cat([w, torch.sqrt((1 - w * w).clamp(min=1e-9)) * v], 1)
            axis = F.normalize(torch.tensor([[1.0, 0.0, 0.0]]) - m)
            return z - 2 * (z * axis).sum(1, keepdim=True) * axis, divergence[:, 0]

    models = {
        "dense": dense,
        "conv": conv,
        "vae": lambda **_: (Vae(), (784,)),
        "svae": lambda **_: (Svae(), (784,)),
        "lstm": lambda **_: (Lstm(), (28, 28)),
        "transformer": lambda **_: (Transformer(), (28, 28)),
    }

    def rbm_step(wrap, batch):
        w, b, c, rate = torch.randn(784, 500) * 0.01, torch.zeros(784), torch.zeros(500), 0.05 / batch

        @torch.no_grad()
        def change(v0):
            p0 = torch.sigmoid(v0 @ w + c)
            v1 = torch.bernoulli(torch.sigmoid(torch.bernoulli(p0) @ w.T + b))
            p1 = torch.sigmoid(v1 @ w + c)
            w.add_(rate * (v0.T @ p0 - v1.T @ p1))
            b.add_(rate * (v0 - v1).sum(0))
            c.add_(rate * (p0 - p1).sum(0))
            return ((v0 - v1) ** 2).mean()

        return wrap(change), (torch.rand(batch, 784) < 0.2).float()

    def model_step(wrap, fused, family, size):
        model, shape = models[family](**size)
        optimizer = torch.optim.Adam(model.parameters(), 1e-3, fused=fused or None)
        plain = lambda x: F.binary_cross_entropy_with_logits(model(x), x)
        loss = wrap(model.loss if family in ("vae", "svae") else plain)

        def step(x):
            optimizer.zero_grad()
            value = loss(x)
            value.backward()
            optimizer.step()
            return value

        return step, torch.rand(size["batch"], *shape)

    def rows(wrap, fused=False):
        def prepare(family, size):
            step, x = rbm_step(wrap, **size) if family == "rbm" else model_step(wrap, fused, family, size)

            def run(steps):
                for _ in range(steps):
                    step(x).item()

            return run

        return prepare

    plain = lambda body: body
    return {
        "torch eager": rows(plain),
        "torch eager, fused": rows(plain, True),
        "torch.compile": rows(torch.compile),
        "torch.compile, fused": rows(torch.compile, True),
    }


def sklearn_rows():
    import numpy as np
    from sklearn.cluster import KMeans
    from sklearn.decomposition import PCA
    from sklearn.mixture import GaussianMixture
    from sklearn.neural_network import BernoulliRBM

    def cloud(i, j):
        return 3 * np.sin(12.9898 * (i % 10 + 1) * (j + 1)) + np.sin(0.37 * (i + 1) * (j + 1))

    def grey(i, j):
        return np.abs(np.fmod(np.sin(12.9898 * i + 78.233 * j) * 43758.5453, 1))

    whole = {
        "pca": (grey, lambda k: PCA(k)),
        "kmeans": (cloud, lambda k: KMeans(k, n_init=1, random_state=1)),
        "mixture": (cloud, lambda k: GaussianMixture(k, reg_covar=1e-4, random_state=1)),
    }

    def prepare(family, size):
        if family == "rbm":
            return rbm(**size)
        entry, make = whole[family]
        x = entry(*np.ogrid[: size["rows"], : size["columns"]]).astype(np.float32)

        def run(steps):
            for _ in range(steps):
                make(size["components"]).fit(x)

        return run

    def rbm(batch):
        x = (np.random.default_rng(1).random((batch, 784)) < 0.2).astype(np.float32)
        model = BernoulliRBM(500, learning_rate=0.05, batch_size=batch)

        def run(steps):
            for _ in range(steps):
                model.partial_fit(x)

        return run

    return {"scikit-learn": prepare}


if __name__ == "__main__":
    rows = {"keras": keras_rows, "torch": torch_rows, "sklearn": sklearn_rows}[sys.argv[1]]()
    serve(lambda row, family, size: rows[row](family, size))
