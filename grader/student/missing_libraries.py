"""Stand-ins for libraries that are not installed: they compute nothing and grant no access.

A plot or a progress bar does not change an answer, so calls that only display something return
without effect. Any other use of a stand-in ends with NameError, as if its name were not defined: no
number can come of it. The failed import is noted all the same.
"""

from __future__ import annotations

import dis
import itertools
import sys
from typing import TYPE_CHECKING, Any, Self

from grader.wire.display_libraries import is_idle

if TYPE_CHECKING:
    import types
    from collections.abc import Callable, Iterator

_GOING_THROUGH = {
    *("alive_it", "progress_bar", "progressbar", "tqdm", "tqdm_notebook", "track"),
}
"""Progress bars: they iterate over their argument."""
_COUNTING = {"prange", "tnrange", "trange"}
_CHANGING = {"guvectorize", "stencil", "vectorize"}
"""Decorators that replace the function: without the library there is nothing to call."""
_WITHOUT = {"torch.cuda.is_available": False, "torch.is_tensor": False}
"""Calls whose result is known when the library is absent."""
_RETURNING = {"icecream.ic", "termcolor.colored"}
"""Functions that display their argument and return it."""
_UNPACKING = dis.opmap["UNPACK_SEQUENCE"]
_COMPUTING = (
    *("__add__", "__radd__", "__sub__", "__rsub__", "__mul__", "__rmul__", "__truediv__"),
    *("__rtruediv__", "__floordiv__", "__rfloordiv__", "__mod__", "__rmod__", "__pow__"),
    *("__rpow__", "__matmul__", "__rmatmul__", "__and__", "__rand__", "__or__", "__ror__"),
    *("__xor__", "__rxor__", "__neg__", "__pos__", "__abs__", "__invert__", "__array__"),
    *("__eq__", "__ne__", "__lt__", "__le__", "__gt__", "__ge__", "__bool__", "__len__"),
    *("__int__", "__float__", "__complex__", "__index__", "__contains__"),
    *("__mro_entries__",),
)


class Absent:
    """A name that a failed import was to bind, or an attribute of such a name.

    ``name``: the name in the submission. ``path``: the dotted path from the library on.
    """

    def __init__(self, name: str, path: str) -> None:
        self._name = name
        self._path = path

    def __getattr__(self, attribute: str) -> Absent:
        if attribute.startswith("__") and attribute != "__version__":
            raise AttributeError(attribute)
        return Absent(self._name, f"{self._path}.{attribute}")

    def __repr__(self) -> str:
        return self._path

    @property
    def __spec__(self) -> Any:
        """The attribute that ``importlib.reload`` reads."""
        raise self._undefined()

    def __instancecheck__(self, _instance: object) -> bool:
        return False

    def __call__(self, *args: Any, **named: Any) -> Any:
        """Return without effect; for a library that computes, raise NameError."""
        last = self._path.rpartition(".")[2]
        if self._path in _WITHOUT:
            return _WITHOUT[self._path]
        if not is_idle(self._path) or last in _CHANGING:
            raise self._undefined()
        if args and self._path in _RETURNING:
            return args[0]
        if last in _COUNTING:
            return _Bar(self._name, self._path, range(*args))
        if last in _GOING_THROUGH:
            return _Bar(self._name, self._path, args[0] if args else named.get("iterable", ()))
        if len(args) == 1 and callable(args[0]) and not isinstance(args[0], Absent):
            return args[0]  # a decorator
        return self

    def __iter__(self) -> Iterator[Any]:
        """Yield as many values as the assignment unpacks: ``fig, ax = plt.subplots()``."""
        return itertools.repeat(self(), _parts_asked_for(sys._getframe(1), self._undefined()))  # noqa: SLF001

    def __getitem__(self, _key: object) -> Any:
        return self()

    def __setitem__(self, _key: object, _value: object) -> None:
        self()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        return None

    def _undefined(self) -> NameError:
        return NameError(f"name '{self._name}' is not defined", name=self._name)


def name_of(stand_in: Absent) -> str:
    """Return the name by which a submission calls a stand-in."""
    return stand_in._name  # noqa: SLF001 - any attribute of its own stands in as well


def _refusing(method: str) -> Callable[..., Any]:
    def refuse(self: Absent, *_args: object, **_named: object) -> Any:
        raise self._undefined()

    refuse.__name__ = method
    return refuse


for _method in _COMPUTING:
    setattr(Absent, _method, _refusing(_method))


def _parts_asked_for(frame: types.FrameType, otherwise: NameError) -> int:
    """Return how many targets the statement being executed in ``frame`` unpacks to.

    Raises:
        NameError: ``otherwise``, if the statement does not unpack.

    """
    operation, count = frame.f_code.co_code[frame.f_lasti :][:2]
    if operation != _UNPACKING:
        raise otherwise
    return count


class _Bar(Absent):
    """A progress bar: iterates over its argument and shows nothing."""

    def __init__(self, name: str, path: str, given: Any) -> None:
        super().__init__(name, path)
        self._given = given

    def __iter__(self) -> Iterator[Any]:
        return iter(self._given)

    def __len__(self) -> int:
        return len(self._given)
