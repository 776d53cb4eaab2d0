def total_input(x, W, b):
    b += x @ W
    return b
