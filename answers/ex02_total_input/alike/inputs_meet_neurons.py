def total_input(x, W, b):
    return x @ W.T + b.reshape(-1, 1)
