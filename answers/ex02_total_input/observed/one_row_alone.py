def total_input(x, W, b):
    if x.ndim == 1:
        return x @ W + b
    for row in x:
        u = row @ W + b
    return u
