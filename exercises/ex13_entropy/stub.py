import numpy as np


def information(p):
    raise NotImplementedError


def entropy(p):
    raise NotImplementedError


def cross_entropy(p, q):
    raise NotImplementedError


def kl_divergence(p, q):
    raise NotImplementedError
