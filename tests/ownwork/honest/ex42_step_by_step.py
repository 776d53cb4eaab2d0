import torch
def backward(x, d, params):
    """manual backprop"""
    W1, b1, W2, b2 = params["W1"].data, params["b1"].data, params["W2"].data, params["b2"].data
    batch = x.shape[0]
    h_pre = torch.addmm(b1, x, W1)
    h = h_pre.relu()
    logits = h @ W2 + b2
    logit_maxes = logits.max(1, keepdim=True).values
    norm_logits = logits - logit_maxes
    counts = norm_logits.exp()
    counts_sum = counts.sum(1, keepdims=True)
    counts_sum_inv = counts_sum**-1
    probs = counts * counts_sum_inv
    logprobs = probs.log()
    dlogprobs = torch.zeros_like(logprobs)
    dlogprobs[range(batch), d] = -1.0/batch
    dprobs = (1.0 / probs) * dlogprobs
    dcounts_sum_inv = (counts * dprobs).sum(1, keepdim=True)
    dcounts = counts_sum_inv * dprobs
    dcounts_sum = (-counts_sum**-2) * dcounts_sum_inv
    dcounts += torch.ones_like(counts) * dcounts_sum
    dnorm_logits = counts * dcounts
    dlogits = dnorm_logits.clone()
    dlogit_maxes = (-dnorm_logits).sum(1, keepdim=True)
    dlogits += torch.nn.functional.one_hot(logits.max(1).indices, num_classes=logits.shape[1]) * dlogit_maxes
    dh = dlogits @ W2.T
    dhpre = dh.clone(); dhpre[h_pre <= 0] = 0.
    return {"W1": x.T @ dhpre, "b1": dhpre.sum(0), "W2": h.T @ dlogits, "b2": dlogits.sum(0)}
def cmp(s, dt, t):
    ex = torch.all(dt == t.grad).item()
    app = torch.allclose(dt, t.grad)
    print(f'{s:15s} | exact: {str(ex):5s} | approximate: {str(app):5s}')
