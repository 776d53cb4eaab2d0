import torch


def rnn_step(x, prev_h, W_x, W_h):
    # h_t = tanh(x_t·W_xᵀ + h_{t-1}·W_hᵀ), weights of shape (out, in)
    return torch.tanh(x @ W_x.T + prev_h @ W_h.T)
