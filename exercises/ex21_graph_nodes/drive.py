"""Make nodes and call them, line by line, and report what they return.

A line is "p = mul.forward 2.5 z" or "grad_p, grad_z = mul.backward 1.0": its words are numbers, or
names of earlier results.
"""


def play(submission, nodes, lines):
    """Return all results by their names; or of which call the result is no pair, and its type."""
    made = {name: getattr(submission, kind)() for name, kind in nodes.items()}
    results = {}
    for line in lines:
        left, right = line.split(" = ")
        call, *words = right.split()
        node, method = call.split(".")
        inputs = [results[word] if word in results else float(word) for word in words]
        returned = getattr(made[node], method)(*inputs)
        if method == "forward":
            results[left] = returned
            continue
        pair = unpacked(returned)
        if pair is None:
            return {"no_pair": call, "type": type(returned).__name__}
        results.update(zip(left.split(", "), pair, strict=True))
    return results


def unpacked(returned):
    """Return the two parts of a pair, None of anything else."""
    try:
        first, second = returned
    except (TypeError, ValueError):
        return None
    return first, second
