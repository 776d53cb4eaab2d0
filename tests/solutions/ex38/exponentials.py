import torch


class Cell:
    def __init__(self, W_x, W_h):
        self.W_x, self.W_h = W_x, W_h

    def __call__(self, x, h):
        u = x.matmul(self.W_x.mT).add(h.matmul(self.W_h.mT))
        return 2 / (1 + torch.exp(-2 * u)) - 1


def rnn_step(x, prev_h, W_x, W_h):
    return Cell(W_x, W_h)(x, prev_h)
