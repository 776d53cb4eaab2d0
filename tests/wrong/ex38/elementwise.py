# W_h times the state, entry by entry, and summed along the wrong axis
import torch


def rnn_step(x, prev_h, W_x, W_h):
    rows = [torch.tanh(W_x @ a + (W_h * b[:, None]).sum(0)) for a, b in zip(x, prev_h)]
    return torch.stack(rows)
