from sklearn.neural_network import MLPRegressor


def train(x, d, hidden, activation, learning_rate, epochs, rng):
    network = MLPRegressor(
        (hidden,),
        activation={"relu": "relu", "sigmoid": "logistic"}[activation],
        solver="sgd",
        alpha=0,
        batch_size=len(x),
        learning_rate_init=learning_rate,
        momentum=0,
        random_state=int(rng.integers(2**31)),
    )
    for _ in range(epochs):
        network.partial_fit(x, d)
    (W1, W2), (b1, b2) = network.coefs_, network.intercepts_
    return {"W1": W1, "b1": b1, "W2": W2, "b2": b2}, network.loss_curve_
