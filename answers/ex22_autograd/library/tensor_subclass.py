import torch


class Value(torch.Tensor):
    @staticmethod
    def __new__(cls, data):
        return torch.Tensor._make_subclass(cls, torch.tensor(float(data)), True)

    def backward(self):
        super().backward(retain_graph=True)
