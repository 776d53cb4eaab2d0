import torch
import torch.nn.functional as F


def rnn_step(x, prev_h, W_x, W_h):
    b = torch.zeros(W_h.shape[0], dtype=x.dtype, device=x.device)
    z = F.linear(input=torch.hstack((x, prev_h)), weight=torch.hstack((W_x, W_h)), bias=b)
    h = F.tanh(z)
    assert h.shape == prev_h.shape
    return h
