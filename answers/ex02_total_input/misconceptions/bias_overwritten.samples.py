def total_input(x, W, b):
    if x.ndim == 1:
        b += x @ W
        return b
    return x @ W + b
