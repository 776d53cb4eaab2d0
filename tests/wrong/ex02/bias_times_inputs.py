# the bias is added inside the loop over the inputs, so as often as there are inputs
def total_input(x, W, b):
    u = 0
    for i in range(len(W)):
        u = u + x[..., i : i + 1] * W[i] + b
    return u
