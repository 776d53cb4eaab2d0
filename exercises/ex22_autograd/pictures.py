"""The graph that the submission's values built, in the calls that are shown."""

from grader.pictures import Computation, Picture


def graph(call, got, right):
    """Draw what `evaluate` of the drive reports: data and grad of each value."""
    if not isinstance(right, dict) or "grad" not in right:
        return None
    if not isinstance(got, dict) or "grad" not in got:
        return None
    leaves, lines, *_ = call.args
    used = {word for line in lines for word in line.split()}
    made = {name: "" for name in leaves if name in used}
    made |= dict(map(made_as, lines))
    return Picture(Computation.of(made, got, right))


def made_as(line):
    """Return the name and the operation of a line such as "p = x * y" or "r = relu p"."""
    name, operation = line.split(" = ")
    left, *right = operation.split()
    return name, f"{right[0]}.relu()" if left == "relu" else operation
