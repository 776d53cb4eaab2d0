def mean_squared_error(d, y):
    total = 0
    for i in range(len(d)):
        for j in range(len(d[i])):
            total += (d[i][j] - y[i][j]) ** 2
    return total / (2 * len(d) * len(d[0]))
