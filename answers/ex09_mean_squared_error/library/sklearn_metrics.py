from sklearn import metrics


def mean_squared_error(d, y):
    return metrics.mean_squared_error(d, y) / 2
