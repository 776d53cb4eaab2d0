import numpy as np
from data import load_digits, mini_batches
from functions import cross_entropy_error
from network import backward, build_network, forward

rng = np.random.default_rng(0)
x_train, d_train, x_test, d_test = load_digits()
network = build_network([64, 50, 10], rng)

learning_rate = 0.1
batch_size = 100
epochs = 20
losses = []
accuracies = np.zeros(epochs)

for epoch in range(epochs):
    for x_batch, d_batch in mini_batches(x_train, d_train, batch_size, rng):
        y, z = forward(x_batch, network)
        loss = cross_entropy_error(d_batch, y)
        losses.append(loss)

        grad = backward(x_batch, d_batch, z, y, network)
        for key in ("W1", "b1", "W2", "b2"):
            network[key] -= learning_rate * grad[key]

    y_test, _ = forward(x_test, network)
    accuracies[epoch] = np.mean(np.argmax(y_test, axis=1) == d_test)
