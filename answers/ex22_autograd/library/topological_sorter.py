from graphlib import TopologicalSorter


class Value:
    def __init__(self, data, inputs=()):
        self.data = data
        self.grad = 0.0
        self.inputs = inputs

    def __add__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        return Value(self.data + other.data, ((self, 1.0), (other, 1.0)))

    def __mul__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        return Value(self.data * other.data, ((self, other.data), (other, self.data)))

    __radd__ = __add__
    __rmul__ = __mul__

    def relu(self):
        return Value(max(0.0, self.data), ((self, float(self.data > 0)),))

    def backward(self):
        graph, waiting = {}, [self]
        while waiting:
            value = waiting.pop()
            if value not in graph:
                graph[value] = [one for one, _ in value.inputs]
                waiting += graph[value]
        flow = dict.fromkeys(graph, 0.0) | {self: 1.0}
        for value in reversed(list(TopologicalSorter(graph).static_order())):
            value.grad += flow[value]
            for one, slope in value.inputs:
                flow[one] += slope * flow[value]
