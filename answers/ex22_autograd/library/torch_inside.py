import torch


class Value:
    def __init__(self, data):
        made = isinstance(data, torch.Tensor)
        self.tensor = data if made else torch.tensor(float(data), requires_grad=True)
        if made:
            self.tensor.retain_grad()

    @property
    def data(self):
        return float(self.tensor.detach())

    @property
    def grad(self):
        return 0.0 if self.tensor.grad is None else float(self.tensor.grad)

    def __add__(self, other):
        return Value(self.tensor + (other.tensor if isinstance(other, Value) else other))

    def __mul__(self, other):
        return Value(self.tensor * (other.tensor if isinstance(other, Value) else other))

    __radd__ = __add__
    __rmul__ = __mul__

    def relu(self):
        return Value(torch.relu(self.tensor))

    def backward(self):
        self.tensor.backward(retain_graph=True)
