import numpy as np


class CrossEntropy:
    """Keeps what backward would need."""

    def __call__(self, logits, target):
        c = np.amax(logits, axis=1)[:, np.newaxis]
        e = np.exp(logits - c)
        total = e.sum(axis=1, keepdims=True)
        self.y, self.target = e / total, target
        return nll((logits - c) - np.log(total), target)


nll = lambda log_probs, target: -log_probs[range(len(target)), target].sum() / target.size  # noqa: E731
cross_entropy = CrossEntropy()
