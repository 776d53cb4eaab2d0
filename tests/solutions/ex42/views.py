import torch


def backward(x, d, params):
    n, K = x.shape[0], params["b2"].shape[0]
    u1 = torch.nn.functional.relu(x @ params["W1"] + params["b1"])
    u2 = u1 @ params["W2"] + params["b2"]
    u2 = u2 - u2.max(dim=1, keepdim=True).values
    y = u2.exp() / u2.exp().sum(1).unsqueeze(1)
    labels = (torch.arange(K, device=x.device) == d[:, None]).to(x.dtype)
    e2 = (y - labels).mul(1.0 / n)
    e1 = torch.matmul(e2, params["W2"].T)
    e1 = torch.where(u1 > 0, e1, torch.zeros_like(e1))
    return {"b2": e2.sum(0), "W2": u1.T @ e2, "b1": e1.sum(0), "W1": x.T @ e1}
