def total_input(x, W, b):
    u = x[..., :1] * W[0]
    for i in range(1, len(W) - 1):
        u = u + x[..., i : i + 1] * W[i]
    return u + b
