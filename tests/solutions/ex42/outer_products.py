import torch


def backward(x, d, params):
    with torch.no_grad():
        u = x @ params["W1"] + params["b1"]
        z = torch.clamp(u, min=0)
        g = torch.log_softmax(z @ params["W2"] + params["b2"], 1).exp()
        g.scatter_(1, d.unsqueeze(1), g.gather(1, d.unsqueeze(1)) - 1)
        back = (params["W2"] @ g.T).T * torch.heaviside(u, torch.zeros_like(u[:1, :1]))
        return {
            "W1": (x[:, :, None] * back[:, None, :]).mean(0),
            "b1": back.mean(0),
            "W2": (z[:, :, None] * g[:, None, :]).mean(0),
            "b2": g.mean(0),
        }
