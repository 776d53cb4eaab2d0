"""From the submission's values to values that can cross the wire, and back."""

from __future__ import annotations

import inspect
import itertools
import sys
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import numpy as np

from grader.wire.values import DTYPES, Callback, GeneratorItems, SeededRng, Tensor, Unsupported

if TYPE_CHECKING:
    from numpy.typing import NDArray


def replacer(items: int) -> Callable[[Any], Any]:
    """Return the function that replaces values which cannot cross as they are.

    Tensors become plain data, a subclass of array or number becomes its base class, a generator is
    drained up to ``items`` items, anything else is represented by the name of its type.
    """

    def stand_in(value: Any) -> Any:
        torch = sys.modules.get("torch")
        if torch is not None and isinstance(value, torch.Tensor):
            return _from_tensor(torch, value)
        if isinstance(value, Iterator):
            drained = list(itertools.islice(value, items + 1))
            return GeneratorItems(drained[:items], endless=len(drained) > items)
        if isinstance(value, np.ndarray):
            return _from_subclass(value)
        if isinstance(value, float):
            return float.__pos__(value)
        if isinstance(value, int):
            return int.__pos__(value)
        return Unsupported(_type_name(value))

    return stand_in


def _from_subclass(value: NDArray[Any]) -> NDArray[Any] | Unsupported:
    """Return the base array of a subclass; masked elements are not numbers, hence unsupported."""
    masked = sys.modules.get("numpy.ma")
    if masked is not None and isinstance(value, masked.MaskedArray) and masked.is_masked(value):
        return Unsupported(f"{_type_name(value)} with masked entries")
    return np.array(value, subok=False)


def as_numpy_takes(value: Any) -> Any:
    """Return an argument for a function of the judge, converted as NumPy converts arguments.

    A value that cannot cross the wire becomes the array of numbers that NumPy makes of it.

    Raises:
        Exception: whatever NumPy raises for a value that it cannot convert.

    """
    if isinstance(value, np.ndarray) or not _crosses(value):
        array = np.array(value, subok=False)
        return array if array.dtype.str in DTYPES else array.astype(np.float64)
    return value


def _crosses(value: Any) -> bool:
    if isinstance(value, list | tuple):
        return all(map(_crosses, value))
    if isinstance(value, dict):
        return all(map(_crosses, value.values()))
    if type(value) is np.ndarray or isinstance(value, np.generic):
        return value.dtype.newbyteorder("=").str in DTYPES
    torch = sys.modules.get("torch")
    if torch is not None and isinstance(value, torch.Tensor):
        return True
    return value is None or isinstance(value, bool | int | float | str | Iterator)


def _type_name(value: Any) -> str:
    name = getattr(type(value), "__name__", None)
    return name if type(name) is str else "unknown"


def _from_tensor(torch: Any, value: Any) -> Tensor | Unsupported:
    if value.layout is not torch.strided:
        return Unsupported(f"{_type_name(value)} of layout {value.layout}")
    dtype = str(value.dtype).removeprefix("torch.")
    plain = value.detach().cpu().resolve_conj().resolve_neg()
    if plain.dtype == torch.bfloat16:
        plain = plain.float()
    try:
        array = plain.numpy()
    except (TypeError, RuntimeError):
        return Unsupported(f"{_type_name(value)} of dtype {dtype}")
    return Tensor(array, dtype, str(value.device), bool(value.requires_grad))


def rebuilder(device: str, ask: Callable[[int, Any, Any], Any]) -> Callable[[Any], Any]:
    """Return the function that replaces stand-ins from the judge by the values they represent.

    Tensors are made on ``device``; a function argument becomes a function that calls ``ask``.
    """

    def build(value: Any) -> Any:
        if isinstance(value, Tensor):
            import torch  # noqa: PLC0415 - only exercises with tensors have torch

            made = torch.from_numpy(np.array(value.array)).to(
                device=device, dtype=getattr(torch, value.dtype)
            )
            return made.requires_grad_(value.requires_grad)
        if isinstance(value, SeededRng):
            return np.random.default_rng(value.seed)
        if isinstance(value, Callback):
            number = value.number

            def function(*args: Any, **kwargs: Any) -> Any:
                given = {name: as_numpy_takes(arg) for name, arg in kwargs.items()}
                return ask(number, list(map(as_numpy_takes, args)), given)

            # Exceptions of Python that name the function show no name of the grader.
            function.__qualname__, function.__module__ = "function", "__main__"
            return function
        return value

    return build


def accepts_args(function: Any, count: int) -> tuple[bool, str]:
    """Return whether ``function`` takes ``count`` positional arguments, and its signature.

    A function without an inspectable signature counts as taking them.
    """
    try:
        signature = inspect.signature(function)
    except (TypeError, ValueError, NameError):
        return True, "(...)"
    try:
        signature.bind(*range(count))
    except TypeError:
        return False, str(signature)[:200]
    return True, str(signature)[:200]
