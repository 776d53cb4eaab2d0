import torch


def rnn_step(x, prev_h, W_x, W_h):
    return torch.tanh(x[:1] @ W_x.T + prev_h[:1] @ W_h.T)
