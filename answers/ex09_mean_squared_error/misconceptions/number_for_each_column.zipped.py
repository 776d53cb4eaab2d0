def mean_squared_error(d, y):
    return sum((a - b) ** 2 for a, b in zip(d, y)) / (2 * len(d))
