def total_input(x, W, b):
    u = x @ W
    if u.ndim == 1:
        return u + b
    return u + b.reshape(-1, 1)
