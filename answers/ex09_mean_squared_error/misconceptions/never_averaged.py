def mean_squared_error(d, y):
    return 0.5 * (d - y) ** 2
