# the 1/2 is taken twice
def mean_squared_error(d, y):
    loss = 0.5 * (d - y) ** 2
    return 0.5 * loss.mean()
