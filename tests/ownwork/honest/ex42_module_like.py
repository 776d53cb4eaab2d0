import torch
from torch import nn


class Linear(nn.Module):
    def __init__(self, W, b):
        super().__init__()
        self.W = W
        self.b = b
        self.grads = {}

    def forward(self, x):
        self.x = x
        return torch.addmm(self.b, x, self.W)

    def backward(self, grad_output):
        self.grads["W"] = self.x.transpose(0, 1) @ grad_output
        self.grads["b"] = torch.sum(grad_output, dim=0)
        return grad_output @ self.W.transpose(0, 1)


class ReLU(nn.Module):
    def forward(self, x):
        self.x = x
        return x.clamp(min=0)

    def backward(self, grad_output):
        return torch.where(self.x > 0, grad_output, torch.zeros_like(grad_output))


class Net(nn.Module):
    def __init__(self, params):
        super().__init__()
        self.fc1 = Linear(params["W1"], params["b1"])
        self.act = ReLU()
        self.fc2 = Linear(params["W2"], params["b2"])

    def forward(self, x):
        return self.fc2(self.act(self.fc1(x)))

    def backward(self, grad):
        return self.fc1.backward(self.act.backward(self.fc2.backward(grad)))


@torch.no_grad()
def backward(x, d, params):
    net = Net(params)
    probs = nn.functional.softmax(net(x), dim=-1)
    onehot = nn.functional.one_hot(d, probs.shape[-1]).to(probs.dtype)
    net.backward((probs - onehot) / x.size(0))
    return {
        "W1": net.fc1.grads["W"],
        "b1": net.fc1.grads["b"],
        "W2": net.fc2.grads["W"],
        "b2": net.fc2.grads["b"],
    }
