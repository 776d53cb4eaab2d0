# b itself is changed, by a loop that works for a single sample only
def total_input(x, W, b):
    for j in range(len(b)):
        for i in range(len(x)):
            b[j] += x[i] * W[i, j]
    return b
