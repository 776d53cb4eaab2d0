class Add:
    def forward(self, a, b):
        raise NotImplementedError

    def backward(self, grad):
        raise NotImplementedError


class Mul:
    def forward(self, a, b):
        raise NotImplementedError

    def backward(self, grad):
        raise NotImplementedError


def gradients(x, y, z):
    raise NotImplementedError
