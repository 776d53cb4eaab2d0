# keys named dx, dy, dz, dp
class Add:
    def forward(self, a, b):
        return a + b

    def backward(self, grad):
        return grad, grad


class Mul:
    def forward(self, a, b):
        self.a, self.b = a, b
        return a * b

    def backward(self, grad):
        return grad * self.b, grad * self.a


def gradients(x, y, z):
    add, mul = Add(), Mul()
    p = add.forward(x, y)
    mul.forward(p, z)
    grad_p, grad_z = mul.backward(1.0)
    grad_x, grad_y = add.backward(grad_p)
    return dict(dx=grad_x, dy=grad_y, dz=grad_z, dp=grad_p)
