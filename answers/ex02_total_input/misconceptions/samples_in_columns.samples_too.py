def total_input(x, W, b):
    return W.T @ x.T + b.reshape(-1, 1)
