"""The losses of a training beside those of the reference."""

from grader.pictures import Curves, Picture


def losses(call, got, right):
    """Draw the losses that `fit` leaves behind, where it trains by the gradients of the file."""
    numbers = got.get("losses") if isinstance(got, dict) else None
    if call.name != "fitted" or not getattr(numbers, "size", 0):
        return None
    return Picture(Curves.beside(numbers, right["losses"]))
