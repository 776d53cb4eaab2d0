def total_input(x, W, b):
    return x @ W + b + W.sum(axis=0)
