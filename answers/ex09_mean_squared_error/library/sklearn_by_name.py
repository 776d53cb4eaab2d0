from sklearn.metrics import mean_squared_error as mse


def mean_squared_error(d, y):
    return mse(d, y) / 2
