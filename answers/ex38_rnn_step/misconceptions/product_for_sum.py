import torch


def rnn_step(x, prev_h, W_x, W_h):
    return torch.tanh((x @ W_x.T) * (prev_h @ W_h.T))
