def total_input(x, W, b):
    if x.ndim == 1:
        return x @ W + b
    u = x @ W
    for row in u:
        row + b
    return u
