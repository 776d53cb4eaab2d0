def total_input(x, W, b):
    u = x @ W + b
    return u + b
