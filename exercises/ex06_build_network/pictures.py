"""What is drawn of an answer."""

from grader.pictures import Network, Picture


def network(call, got, right):
    """Draw the arrays of a network between the sizes that were asked for."""
    if not isinstance(got, dict):
        return None
    sizes, _seed = call.args
    return Picture(Network.of(sizes, got), {"sizes": str(list(sizes))})
