def total_input(x, W, b):
    u = x @ W + b
    return u.T.copy() if len(x) > len(W) else u
