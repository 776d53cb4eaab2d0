def total_input(x, W, b):
    if x.ndim == 1:
        return W.T @ x + b
    return W.T @ x.T + b.reshape(-1, 1)
