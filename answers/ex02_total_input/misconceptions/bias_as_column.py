def total_input(x, W, b):
    return x @ W + b[:, None]
