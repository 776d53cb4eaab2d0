def total_input(x, W, b):
    return x[..., None] * W + b
