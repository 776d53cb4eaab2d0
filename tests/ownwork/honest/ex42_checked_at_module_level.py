import torch


def backward(x, d, params):
    W1, b1, W2, b2 = params["W1"], params["b1"], params["W2"], params["b2"]
    u1 = x @ W1 + b1
    z1 = torch.relu(u1)
    y = torch.softmax(z1 @ W2 + b2, dim=1)
    y[torch.arange(len(x), device=x.device), d] -= 1
    delta2 = y / len(x)
    delta1 = (delta2 @ W2.T) * (u1 > 0)
    return {"W1": x.T @ delta1, "b1": delta1.sum(0), "W2": z1.T @ delta2, "b2": delta2.sum(0)}


# a quick comparison, run each time
torch.manual_seed(1)
X = torch.randn(6, 3)
D = torch.randint(0, 2, (6,))
P = {"W1": torch.randn(3, 5), "b1": torch.randn(5), "W2": torch.randn(5, 2), "b2": torch.randn(2)}
for p in P.values():
    p.requires_grad_()
logits = torch.relu(X @ P["W1"] + P["b1"]) @ P["W2"] + P["b2"]
loss = torch.nn.functional.cross_entropy(logits, D)
loss.backward()
mine = backward(X, D, {name: p.detach() for name, p in P.items()})
for name in P:
    assert torch.allclose(mine[name], P[name].grad, atol=1e-5), name
    print(name, (mine[name] - torch.autograd.grad(
        torch.nn.functional.cross_entropy(
            torch.relu(X @ P["W1"] + P["b1"]) @ P["W2"] + P["b2"], D), P[name])[0]).abs().max())
