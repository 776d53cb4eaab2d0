"""Classes of data."""

from dataclasses import asdict, dataclass, field, replace


@dataclass(order=True, frozen=True)
class Layer:
    units: int
    names: list = field(default_factory=list, compare=False)


def run():
    one = Layer(3, ["a"])
    return [asdict(replace(one, units=4)), one < Layer(5)]


EXPECTED = [{"units": 4, "names": ["a"]}, True]
