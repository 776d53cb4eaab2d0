def mean_squared_error(d, y):
    total = 0.0
    for i in range(len(d)):
        total += float((d[i] - y[i]) ** 2)
    return total / (2 * len(d))
