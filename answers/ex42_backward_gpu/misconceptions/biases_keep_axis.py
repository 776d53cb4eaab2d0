import torch
import torch.nn.functional as F


def backward(x, d, params):
    W1, b1, W2, b2 = params["W1"], params["b1"], params["W2"], params["b2"]
    n = x.shape[0]
    u1 = x @ W1 + b1
    z1 = torch.relu(u1)
    y = torch.softmax(z1 @ W2 + b2, dim=1)

    delta2 = (y - F.one_hot(d, W2.shape[1])) / n
    delta1 = (delta2 @ W2.T) * (u1 > 0)

    db1, db2 = delta1.sum(dim=0, keepdim=True), delta2.sum(dim=0, keepdim=True)
    return {"W1": x.T @ delta1, "b1": db1, "W2": z1.T @ delta2, "b2": db2}
