def total_input(x, W, b):
    # u_j = sum_i x_i W_ij + b_j, for one sample or for each row of a batch
    return x @ W + b
