# softmax in the place of tanh
import torch


def rnn_step(x, prev_h, W_x, W_h):
    return torch.softmax(x @ W_x.T + prev_h @ W_h.T, dim=1)
