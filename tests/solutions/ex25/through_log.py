import numpy as np


def softmax_jacobian(z):
    shifted = z - z.max()
    log_s = shifted - np.log(np.sum(np.exp(shifted)))
    s = np.exp(log_s)
    # d log s_i / dz_j = delta - s_j, and ds = s d log s
    J = -np.exp(log_s[:, None] + log_s[None, :])
    J[np.diag_indices(len(z))] += s
    return J


class Backward:
    def __call__(self, z, grad):
        rows = [self.row(zr, gr) for zr, gr in zip(z, grad)]
        return np.array(rows)

    def row(self, z, g):
        J = softmax_jacobian(z)
        return g.dot(J)


softmax_backward = Backward()
