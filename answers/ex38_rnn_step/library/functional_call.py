import torch


def rnn_step(x, prev_h, W_x, W_h):
    cell = torch.nn.RNNCell(x.shape[1], prev_h.shape[1], bias=False)
    weights = {"weight_ih": W_x, "weight_hh": W_h}
    return torch.func.functional_call(cell, weights, (x, prev_h))
