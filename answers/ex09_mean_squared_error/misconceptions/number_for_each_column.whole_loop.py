def mean_squared_error(d, y):
    total = 0
    for i in range(len(d)):
        total += (d[i] - y[i]) ** 2
    return total / len(d)
