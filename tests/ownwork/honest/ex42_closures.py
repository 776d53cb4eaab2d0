import torch


def affine(x, W, b):
    def backward(delta):
        return delta @ W.T, x.T @ delta, delta.sum(0)

    return x @ W + b, backward


def relu(u):
    return u.relu(), lambda delta: delta * (u > 0).to(delta.dtype)


def backward(x, d, params):
    u1, back1 = affine(x, params["W1"], params["b1"])
    z1, back_relu = relu(u1)
    u2, back2 = affine(z1, params["W2"], params["b2"])
    delta = torch.softmax(u2, 1)
    delta[range(len(d)), d] -= 1.0
    delta /= len(d)
    delta, dW2, db2 = back2(delta)
    _, dW1, db1 = back1(back_relu(delta))
    return dict(W1=dW1, b1=db1, W2=dW2, b2=db2)
