from scipy import special


def logsumexp(x):
    return special.logsumexp(x, axis=-1)


def log_softmax(x):
    return special.log_softmax(x, axis=-1)
