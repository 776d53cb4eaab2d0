import numpy as np


def logsumexp(x):
    raise NotImplementedError


def log_softmax(x):
    raise NotImplementedError
