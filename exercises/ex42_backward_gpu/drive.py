"""Watch one call of `backward`, on whatever device its arguments are.

What is seen is reported; the checks judge it.
"""

import torch
from torch.overrides import TorchFunctionMode
from torch.utils._pytree import tree_leaves

NAMES = ("W1", "b1", "W2", "b2")
TO_HOST = frozenset(
    {"item", "tolist", "cpu", "numpy", "equal", "allclose", "is_nonzero"}
    | {"__bool__", "__int__", "__float__", "__complex__", "__index__"}
    | {"__array__", "__repr__", "__format__"}
)


def autograd_gradients(_submission, x, d, params):
    """Return the gradients that torch computes by itself."""
    leaves = {name: params[name].detach().clone().requires_grad_() for name in NAMES}
    z1 = torch.relu(x @ leaves["W1"] + leaves["b1"])
    loss = torch.nn.functional.cross_entropy(z1 @ leaves["W2"] + leaves["b2"], d)
    return dict(zip(NAMES, torch.autograd.grad(loss, list(leaves.values())), strict=True))


def places(submission, x, d, params):
    """Return the device of x and of each gradient; the type of what is no tensor."""
    gradients = submission.backward(x, d, params)
    return {"x": place(x)} | {name: place(gradients[name]) for name in NAMES}


def place(value):
    return str(value.device) if isinstance(value, torch.Tensor) else type(value).__name__


def round_trips(submission, x, d, params):
    """Return the names of the calls that bring data from the device of x to the host."""
    with Calls(x.device.type) as calls:
        submission.backward(x, d, params)
    return sorted(name.strip("_") for name in calls.to_host)


def operations(submission, x, d, params):
    """Return how many torch operations are started from Python."""
    with Calls(x.device.type) as calls:
        submission.backward(x, d, params)
    return calls.count


class Calls(TorchFunctionMode):
    """Sees every call of torch from Python: counts them, and notes which ones go to the host."""

    def __init__(self, device):
        super().__init__()
        self.device = device
        self.count = 0
        self.to_host = set()

    def __torch_function__(self, func, types, args=(), kwargs=None):
        kwargs = kwargs or {}
        name = getattr(func, "__name__", "")
        result = func(*args, **kwargs)
        self.count += name != "__get__"  # reading an attribute such as shape starts nothing
        if self.device in devices(args) and (
            name in TO_HOST or names_host(name, args, kwargs) or self.left_for_host(result)
        ):
            self.to_host.add(name)
        return result

    def left_for_host(self, result):
        return self.device != "cpu" and "cpu" in devices(result)


def devices(values):
    """Return the kinds of device on which the tensors among the values are."""
    leaves = tree_leaves(values)
    return {value.device.type for value in leaves if isinstance(value, torch.Tensor)}


def names_host(name, args, kwargs):
    """Tell whether this is `.to("cpu")`: on the CPU itself, nothing but the text shows it."""
    wanted = [*args[1:], kwargs.get("device")]
    return name == "to" and any(isinstance(w, str) and w.startswith("cpu") for w in wanted)
