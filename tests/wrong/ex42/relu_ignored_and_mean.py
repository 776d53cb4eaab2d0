# forgets relu's derivative, and b by mean
import torch


def backward(x, d, params):
    z1 = torch.relu(x @ params["W1"] + params["b1"])
    y = torch.softmax(z1 @ params["W2"] + params["b2"], dim=1)
    y[torch.arange(len(d)), d] -= 1
    g2 = y / len(d)
    g1 = g2 @ params["W2"].T
    return {"W1": x.T @ g1, "b1": g1.sum(0), "W2": z1.T @ g2, "b2": g2.mean(0)}
