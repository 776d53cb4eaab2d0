import torch
from torch.nn.functional import one_hot


def fused_cross_entropy(x, W, d):
    K = W.size(1)
    loss, gx, gw = 0, [], 0
    for xs, ds in zip(torch.split(x, 16), torch.split(d, 16)):
        log_y = torch.log_softmax(xs @ W, 1)
        t = one_hot(ds, K).to(x.dtype)
        loss = loss - (t * log_y).sum() / len(x)
        delta = (log_y.exp() - t) / len(x)
        gx.append(delta @ W.t())
        gw = gw + xs.t() @ delta
    return loss, torch.cat(gx), gw
