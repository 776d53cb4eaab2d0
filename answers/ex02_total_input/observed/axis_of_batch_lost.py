def total_input(x, W, b):
    u = x @ W + b
    return u[0] if u.ndim > 1 and len(u) == 1 else u
