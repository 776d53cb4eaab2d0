def total_input(x, W, b):
    return W.T @ x + b
