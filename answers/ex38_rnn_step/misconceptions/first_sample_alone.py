import torch


def rnn_step(x, prev_h, W_x, W_h):
    return torch.tanh(W_x @ x[0] + W_h @ prev_h[0])
