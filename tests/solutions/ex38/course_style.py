import torch


def rnn_step(x, prev_h, W_x, W_h):
    u_x = torch.mm(x, W_x.t())
    u_h = torch.mm(prev_h, W_h.t())
    u = torch.add(u_x, u_h)
    return u.tanh()
