# the state is changed in place
import torch


def rnn_step(x, prev_h, W_x, W_h):
    new = torch.tanh(x @ W_x.T + prev_h @ W_h.T)
    prev_h.copy_(new)
    return new
