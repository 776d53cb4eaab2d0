class Mul:
    def __init__(self):
        self.x = None
        self.y = None

    def forward(self, x, y):
        self.x = x
        self.y = y
        out = x * y

        return out

    def backward(self, dout):
        dx = dout * self.y
        dy = dout * self.x

        return dx, dy


class Add:
    def __init__(self):
        pass

    def forward(self, x, y):
        out = x + y

        return out

    def backward(self, dout):
        dx = dout * 1
        dy = dout * 1

        return dx, dy


def gradients(x, y, z):
    add_layer = Add()
    mul_layer = Mul()
    p = add_layer.forward(x, y)
    g = mul_layer.forward(p, z)
    dg = 1
    dp, dz = mul_layer.backward(dg)
    dx, dy = add_layer.backward(dp)
    return {"x": dx, "y": dy, "z": dz, "p": dp}
