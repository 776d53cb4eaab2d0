def total_input(x, W, b):
    return (x @ W + b).astype(x.dtype)
