import torch


class Loss(torch.autograd.Function):
    @staticmethod
    def forward(ctx, logits, target):
        rows = torch.arange(len(target), device=logits.device)
        log_p = logits - torch.logsumexp(logits, dim=1, keepdim=True)
        ctx.save_for_backward(log_p, rows, target)
        return -log_p[rows, target].mean()

    @staticmethod
    def backward(ctx, flow):
        log_p, rows, target = ctx.saved_tensors
        delta = log_p.exp()
        delta[rows, target] -= 1
        return flow * delta / len(target), None


def cross_entropy(logits, target):
    return Loss.apply(logits, target)
