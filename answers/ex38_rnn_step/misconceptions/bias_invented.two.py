import torch


def rnn_step(x, prev_h, W_x, W_h):
    b_x, b_h = torch.ones(len(W_h)), torch.ones(len(W_h))
    return torch.tanh(x @ W_x.T + b_x + prev_h @ W_h.T + b_h)
