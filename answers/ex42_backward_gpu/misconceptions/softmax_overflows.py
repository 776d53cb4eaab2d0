import torch


def softmax(u):
    e = torch.exp(u)
    return e / e.sum(dim=1, keepdim=True)


def backward(x, d, params):
    W1, b1 = params["W1"], params["b1"]
    W2, b2 = params["W2"], params["b2"]
    n = x.shape[0]

    u1 = x @ W1 + b1
    z1 = torch.relu(u1)
    y = softmax(z1 @ W2 + b2)

    t = torch.nn.functional.one_hot(d, W2.shape[1])
    delta2 = (y - t) / n
    delta1 = (delta2 @ W2.T) * (u1 > 0)

    grads = {}
    grads["W1"] = x.T @ delta1
    grads["b1"] = delta1.sum(dim=0)
    grads["W2"] = z1.T @ delta2
    grads["b2"] = delta2.sum(dim=0)
    return grads
