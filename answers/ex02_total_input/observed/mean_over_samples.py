def total_input(x, W, b):
    u = x @ W + b
    return u if u.ndim == 1 else u.mean(axis=0)
