class Value:
    def __init__(self, data):
        self.data = data
        self.grad = 0
        self.children = []
        self.step = None

    def _new(self, data, children, step):
        out = Value(data)
        out.children = children
        out.step = step
        return out

    def __add__(self, other):
        if not isinstance(other, Value):
            other = Value(other)

        def step(out):
            self.grad += out.grad
            other.grad += out.grad

        return self._new(self.data + other.data, [self, other], step)

    def __radd__(self, other):
        return self.__add__(other)

    def __mul__(self, other):
        if not isinstance(other, Value):
            other = Value(other)

        def step(out):
            self.grad += out.grad * other.data
            other.grad += out.grad * self.data

        return self._new(self.data * other.data, [self, other], step)

    def __rmul__(self, other):
        return self.__mul__(other)

    def relu(self):
        def step(out):
            if self.data > 0:
                self.grad += out.grad

        return self._new(max(0, self.data), [self], step)

    def backward(self):
        topo = []

        def build(v):
            if v not in topo:
                for c in v.children:
                    build(c)
                topo.append(v)

        build(self)
        for v in topo:
            if v.children:
                v.grad = 0
        if self.children:
            self.grad = 1
        else:
            self.grad += 1
        for v in reversed(topo):
            if v.step:
                v.step(v)
