# W is transposed, and the bias is added as a column
def total_input(x, W, b):
    return x @ W.T + b.reshape(-1, 1)
