# the state is kept in a global name
import torch

state = None

def rnn_step(x, prev_h, W_x, W_h):
    global state
    if state is None or state.shape != prev_h.shape:
        state = prev_h
    state = torch.tanh(x @ W_x.T + state @ W_h.T)
    return state
