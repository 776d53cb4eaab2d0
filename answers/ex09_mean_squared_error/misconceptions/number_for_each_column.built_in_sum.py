def mean_squared_error(d, y):
    return sum((d - y) ** 2) / len(d) / 2
