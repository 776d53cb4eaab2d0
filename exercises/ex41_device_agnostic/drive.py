"""Make networks beside the submission and report what can be said without the numbers.

Which distribution the weights come from is free, so their values are compared with no others.
"""

import torch
from torch.overrides import TorchFunctionMode

MOVES = {"to", "cuda", "cpu", "type_as"}


def made(submission, sizes, device):
    return submission.make_params(list(sizes), device)


def described(params, tell):
    """Return what is told of each tensor; in angle brackets the type of what is none."""
    if not isinstance(params, dict):
        return type(params).__name__
    return {
        str(key): tell(value) if isinstance(value, torch.Tensor) else f"<{type(value).__name__}>"
        for key, value in params.items()
    }


def shapes(submission, sizes, device):
    return described(made(submission, sizes, device), lambda value: list(value.shape))


def dtypes(submission, sizes, device):
    params = made(submission, sizes, device)
    return described(params, lambda value: str(value.dtype).removeprefix("torch."))


def nonzero(submission, sizes, device):
    """Return how many numbers of each tensor are not 0."""
    params = made(submission, sizes, device)
    return described(params, lambda value: int(torch.count_nonzero(value)))


def places(submission, sizes, device, as_object):
    """Return on which type of device each tensor is; ``as_object``: asked for as torch.device."""
    device = torch.device(device) if as_object else device
    return described(made(submission, sizes, device), lambda value: value.device.type)


def leaves(submission, sizes, device):
    """Return which tensors would get a gradient, if they ask for one."""
    params = made(submission, sizes, device)
    return described(params, lambda value: value.is_leaf)


def without_weights(submission, sizes, device):
    """Return the tensors as they are, but for the numbers of the weights, which are free."""
    params = made(submission, sizes, device)
    if not isinstance(params, dict):
        return type(params).__name__
    tensors = {key: value for key, value in params.items() if isinstance(value, torch.Tensor)}
    weights = {key: value for key, value in tensors.items() if str(key).startswith("W")}
    return tensors | {key: torch.zeros_like(value) for key, value in weights.items()}


def default_place(submission, sizes, device):
    """Return where torch makes a tensor afterwards if it is not told where."""
    made(submission, sizes, device)
    return torch.zeros(1).device.type


def weights(params):
    """Return all weights in one row on the host, or what there is in their place."""
    if not isinstance(params, dict):
        return type(params).__name__
    drawn = [value for key, value in params.items() if str(key).startswith("W")]
    drawn = [value.detach().cpu().ravel() for value in drawn if isinstance(value, torch.Tensor)]
    return torch.cat(drawn) if drawn else "no weights"


def spread(submission, sizes, device, seed):
    """Return how many weights there are, are different, lie above 0 and below."""
    torch.manual_seed(seed)
    drawn = weights(made(submission, sizes, device))
    if isinstance(drawn, str):
        return drawn
    finite = drawn[torch.isfinite(drawn)]
    return {
        "all": drawn.numel(),
        "different": finite.unique().numel(),
        "positive": int((finite > 0).sum()),
        "negative": int((finite < 0).sum()),
    }


def repeated(submission, sizes, device, seed, other):
    """Return how many weights are equal: of two networks of one seed, and of two seeds."""
    networks = []
    for number in (seed, seed, other):
        torch.manual_seed(number)
        networks.append(weights(made(submission, sizes, device)))
    one, again, third = networks
    if isinstance(one, str):
        return one
    return {
        "all": one.numel(),
        "same_seed": int((one == again).sum()),
        "other_seed": int((one == third).sum()),
    }


def moved(submission, x, params):
    """Return how many parameters `forward` moves to a device, though it may be where they are."""
    with Moves(params.values()) as moves:
        submission.forward(x, params)
    return len(moves.seen)


class Moves(TorchFunctionMode):
    """Notes which of some tensors are asked to move."""

    def __init__(self, tensors):
        super().__init__()
        self.ids = set(map(id, tensors))
        self.seen = set()

    def __torch_function__(self, function, types, args=(), kwargs=None):
        kwargs = kwargs or {}
        name = getattr(function, "__name__", "")
        if (
            name in MOVES
            and id(args[0]) in self.ids
            and (name != "to" or names_place(args, kwargs))
        ):
            self.seen.add(id(args[0]))
        return function(*args, **kwargs)


def names_place(args, kwargs):
    """Tell whether `.to` is given a device, or a tensor to follow, and not a dtype alone."""
    return any(isinstance(one, torch.device | str | torch.Tensor) for one in args[1:]) or any(
        kwargs.get(name) is not None for name in ("device", "other")
    )
