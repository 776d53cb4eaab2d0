from torch import nn


def rnn_step(x, prev_h, W_x, W_h):
    cell = nn.RNNCell(x.shape[1], prev_h.shape[1], bias=False)
    cell.weight_ih.data, cell.weight_hh.data = W_x, W_h
    return cell(x, prev_h)
