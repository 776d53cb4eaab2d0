def mean_squared_error(d, y):
    return (d - y) ** 2
