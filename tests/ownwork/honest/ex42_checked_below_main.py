import torch
import torch.nn.functional as F


def backward(x, d, params):
    W1, b1, W2, b2 = params["W1"], params["b1"], params["W2"], params["b2"]
    u1 = x @ W1 + b1
    z1 = torch.relu(u1)
    y = torch.softmax(z1 @ W2 + b2, dim=1)
    y[torch.arange(len(x), device=x.device), d] -= 1
    delta2 = y / len(x)
    delta1 = (delta2 @ W2.T) * (u1 > 0)
    return {"W1": x.T @ delta1, "b1": delta1.sum(0), "W2": z1.T @ delta2, "b2": delta2.sum(0)}


if __name__ == "__main__":
    torch.manual_seed(0)
    x = torch.randn(5, 4)
    d = torch.randint(0, 3, (5,))
    params = {
        "W1": torch.randn(4, 6, requires_grad=True),
        "b1": torch.randn(6, requires_grad=True),
        "W2": torch.randn(6, 3, requires_grad=True),
        "b2": torch.randn(3, requires_grad=True),
    }
    loss = F.cross_entropy(F.relu(x @ params["W1"] + params["b1"]) @ params["W2"] + params["b2"], d)
    loss.backward()
    detached = {name: p.detach() for name, p in params.items()}
    for name, gradient in backward(x, d, detached).items():
        print(name, torch.allclose(gradient, params[name].grad, atol=1e-6))
