# weights of shape (in, hidden)
import torch


def rnn_step(x, prev_h, W_x, W_h):
    return torch.tanh(torch.matmul(x, W_x) + torch.matmul(prev_h, W_h))
