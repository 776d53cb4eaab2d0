def total_input(x, W, b):
    return W @ x + b
