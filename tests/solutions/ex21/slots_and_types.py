from __future__ import annotations


class Add:
    __slots__ = ()

    def forward(self, a: float, b: float) -> float:
        return a + b

    def backward(self, grad: float) -> tuple[float, float]:
        return (grad, grad)


class Mul:
    __slots__ = ("_a", "_b")

    def __init__(self) -> None:
        self._a: float | None = None
        self._b: float | None = None

    def forward(self, a: float, b: float) -> float:
        self._a, self._b = a, b
        return a * b

    def backward(self, grad: float) -> tuple[float, float]:
        if self._a is None or self._b is None:
            raise RuntimeError("call forward() first")
        return (grad * self._b, grad * self._a)


def gradients(x: float, y: float, z: float) -> dict[str, float]:
    plus, times = Add(), Mul()
    p = plus.forward(x, y)
    times.forward(p, z)
    dg_dp, dg_dz = times.backward(1.0)
    dg_dx, dg_dy = plus.backward(dg_dp)
    return {"x": dg_dx, "y": dg_dy, "z": dg_dz, "p": dg_dp}
