import numpy as np


def nll(log_probs, target):
    raise NotImplementedError


def cross_entropy(logits, target):
    raise NotImplementedError
