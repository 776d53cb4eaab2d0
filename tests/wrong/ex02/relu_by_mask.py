# relu is applied to the total input, by a mask
def total_input(x, W, b):
    u = x @ W + b
    return u * (u > 0)
