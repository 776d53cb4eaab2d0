# the biases are added in reverse order
def total_input(x, W, b):
    return x @ W + b[::-1]
