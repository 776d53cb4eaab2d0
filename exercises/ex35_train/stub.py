def train(x, d, hidden, activation, learning_rate, epochs, rng):
    raise NotImplementedError
