import torch


def rnn_step(x, prev_h, W_x, W_h):
    h = torch.tanh(x @ W_x.T + prev_h @ W_h.T)
    return torch.log(h)
