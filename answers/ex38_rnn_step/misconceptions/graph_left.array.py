import numpy as np


def rnn_step(x, prev_h, W_x, W_h):
    u = x.detach().numpy() @ W_x.detach().numpy().T + prev_h.detach().numpy() @ W_h.detach().numpy().T
    return np.tanh(u)
