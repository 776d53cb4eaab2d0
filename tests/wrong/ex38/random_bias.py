# two linear layers of its own
import torch


def rnn_step(x, prev_h, W_x, W_h):
    b = torch.randn(W_h.shape[0], dtype=x.dtype)
    return torch.tanh(x @ W_x.T + prev_h @ W_h.T + b)
