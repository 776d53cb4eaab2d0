def total_input(x, W, b):
    # u_j = sum_i x_i W_ij + b_j: the last axis of x meets the first axis of W, whether x is one
    # sample or a batch; b has one number a neuron, and NumPy adds it to every row
    return x @ W + b
