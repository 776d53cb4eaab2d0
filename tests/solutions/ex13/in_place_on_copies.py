import numpy as np


def information(p):
    result = np.array(p, dtype=np.float64)
    np.log(result, out=result)
    result /= -np.log(2)
    return result


def entropy(p):
    p = np.array(p, dtype=np.float64)
    p[p == 0] = 1
    return -np.dot(p, np.log(p))


def cross_entropy(p, q):
    q = q.copy()
    q[p == 0] = 1
    return -np.einsum("k,k->", p, np.log(q))


def kl_divergence(p, q):
    return -entropy(p) + cross_entropy(p, q)
