"""Operations of torch that transfer between host and device, or make the host wait.

The reference are CUDA's kernels, as `torch.cuda.set_sync_debug_mode` reports them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import torch

from grader.student.traffic import private

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from torch._ops import OpOverload

# The host needs a value, the size of a result, or an error flag to continue.
_WAITING: Final = {
    "_local_scalar_dense": "item",
    "_linalg_check_errors": "linalg",
    "_linalg_eigh": "eigh",
    "_linalg_svd": "svd",
    "_unique2": "unique",
    "allclose": "allclose",
    "bincount": "bincount",
    "equal": "equal",
    "is_nonzero": "item",
    "linalg_eig": "eig",
    "linalg_lstsq": "lstsq",
    "linalg_pinv": "pinv",
    "masked_select": "masked_select",
    "multinomial": "multinomial",
    "nonzero": "nonzero",
    "unique_consecutive": "unique",
    "unique_dim": "unique",
}
_HOSTS: Final = {"cpu", "meta"}
_MASKS: Final = {torch.bool, torch.uint8}


@dataclass(frozen=True)
class Crossing:
    """An operation's transfer or wait between host and device: see `grader.wire.seen.Event`."""

    kind: str
    operation: str
    bytes: int = 0
    count: int = 1


def on_device(value: Any) -> bool:
    """Return True if a value is a tensor on a device other than the host."""
    return isinstance(value, torch.Tensor) and value.device.type not in _HOSTS


def tensors_in(value: Any) -> Iterator[torch.Tensor]:
    """Yield the tensors among arguments or results."""
    if isinstance(value, torch.Tensor):
        yield value
    elif isinstance(value, list | tuple):
        for item in value:
            yield from tensors_in(item)
    elif isinstance(value, dict):
        yield from tensors_in(list(value.values()))


def crossing(
    operator: OpOverload[..., Any],
    args: Sequence[Any],
    kwargs: Mapping[str, Any],
    result: Any,
    number: torch.Tensor | None,
) -> Crossing | None:
    """Return an operation's transfer or wait between host and device, None without one.

    ``number``: the last tensor that torch has made of a Python number.
    """
    name = private.base_name(operator)
    looked_at = _CLOSER.get(name)
    if looked_at is not None:
        return looked_at(args, kwargs, result, number)
    waiting = _WAITING.get(name)
    if waiting is not None and any(map(on_device, tensors_in(list(args)))):
        return Crossing("synchronise", waiting)
    return None


def read_on_host(values: Any, depth: int = 8) -> Crossing | None:
    """Return the wait for the numbers of a list, some of them tensors, from which a tensor is made.

    torch reads them without calling an operation that a mode could see.
    """

    def count(value: Any, depth: int) -> int:
        if isinstance(value, list | tuple) and depth:
            return sum(count(item, depth - 1) for item in value)
        return int(on_device(value))

    found = count(values, depth) if isinstance(values, list | tuple) else 0
    return Crossing("synchronise", "item", count=found) if found else None


def _copied(
    args: Sequence[Any], _kwargs: Mapping[str, Any], result: Any, _number: Any
) -> Crossing | None:
    return _between(args[0], result)


def _copied_into(
    args: Sequence[Any], _kwargs: Mapping[str, Any], _result: Any, number: torch.Tensor | None
) -> Crossing | None:
    target, source = args[0], args[1]
    if source is number and on_device(target) and target.dim() == 0:
        return Crossing("made", "copy", _size(target))  # CUDA keeps such a number on the host
    return _between(source, target)


def _between(source: torch.Tensor, target: torch.Tensor) -> Crossing | None:
    if on_device(source) == on_device(target):
        return None
    kind = "to_host" if on_device(source) else "to_device"
    return Crossing(kind, "copy", _size(source))


def _made(
    args: Sequence[Any], _kwargs: Mapping[str, Any], _result: Any, _number: Any
) -> Crossing | None:
    made = args[0]
    return Crossing("made", "tensor", _size(made)) if on_device(made) else None


def _indexed(
    args: Sequence[Any], _kwargs: Mapping[str, Any], _result: Any, _number: Any
) -> Crossing | None:
    if not on_device(args[0]):
        return None
    indices = list(tensors_in(args[1]))
    if any(index.dtype in _MASKS and on_device(index) for index in indices):
        return Crossing("synchronise", "index")
    size = sum(_size(index) for index in indices if not on_device(index))
    return Crossing("to_device", "index", size) if size else None


def _put(
    args: Sequence[Any], kwargs: Mapping[str, Any], result: Any, number: torch.Tensor | None
) -> Crossing | None:
    """Return the transfer of a masked assignment: a single number needs no count of the places."""
    indices, value = list(tensors_in(args[1])), args[2]
    adds = args[3] if len(args) > 3 else kwargs.get("accumulate", False)  # noqa: PLR2004
    of_number = value is number or (value.numel() == 1 and not on_device(value))
    if of_number and not adds and len(indices) == 1 and indices[0].dtype in _MASKS:
        return None
    return _indexed(args, kwargs, result, number)


def _repeated(
    args: Sequence[Any], kwargs: Mapping[str, Any], _result: Any, _number: Any
) -> Crossing | None:
    sized = kwargs.get("output_size") is not None
    given = isinstance(args[-1], torch.Tensor) and on_device(args[-1])
    return Crossing("synchronise", "repeat_interleave") if given and not sized else None


def _counted(
    args: Sequence[Any], kwargs: Mapping[str, Any], _result: Any, _number: Any
) -> Crossing | None:
    """Return the wait for the smallest and largest value, read if bounds are missing or equal."""
    low, high = (
        args[place] if len(args) > place else kwargs.get(name, 0)
        for place, name in ((2, "min"), (3, "max"))
    )
    waits = on_device(args[0]) and low == high
    return Crossing("synchronise", "histc") if waits else None


_CLOSER: Final[dict[str, Callable[..., Crossing | None]]] = {
    "_copy_from": _copied_into,
    "_index_put_impl_": _put,
    "_to_copy": _copied,
    "_unsafe_index": _indexed,
    "_unsafe_index_put": _put,
    "copy": _copied_into,
    "copy_": _copied_into,
    "histc": _counted,
    "index": _indexed,
    "index_put": _put,
    "index_put_": _put,
    "lift_fresh": _made,
    "repeat_interleave": _repeated,
}


def _size(tensor: torch.Tensor) -> int:
    return tensor.numel() * tensor.element_size()
