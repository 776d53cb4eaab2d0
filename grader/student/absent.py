"""What stands in for a library that is not here: it computes nothing and grants nothing.

A plot or a progress bar in passing does no harm to an answer, so what only shows something does
nothing. All else that is asked of a stand-in ends as if its name were not defined: no number can
come of it. That an import has failed is noted all the same.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SHOWING = frozenset(
    {
        *("IPython", "bokeh", "google", "graphviz", "ipywidgets", "matplotlib", "mpl_toolkits"),
        *("numba", "plotly", "pylab", "rich", "seaborn", "tensorboard", "tqdm", "wandb"),
    }
)
"""Libraries that an answer uses in passing: what they return is no number of it."""
_COMPUTING = (
    *("__add__", "__radd__", "__sub__", "__rsub__", "__mul__", "__rmul__", "__truediv__"),
    *("__rtruediv__", "__floordiv__", "__rfloordiv__", "__mod__", "__rmod__", "__pow__"),
    *("__rpow__", "__matmul__", "__rmatmul__", "__and__", "__rand__", "__or__", "__ror__"),
    *("__xor__", "__rxor__", "__neg__", "__pos__", "__abs__", "__invert__", "__array__"),
    *("__eq__", "__ne__", "__lt__", "__le__", "__gt__", "__ge__", "__bool__", "__len__"),
    *("__int__", "__float__", "__complex__", "__index__", "__iter__", "__contains__"),
    *("__mro_entries__",),
)


class Absent:
    """A name that an import was to bind, or what it leads to.

    ``name``: how the submission calls it. ``path``: what it stands for, from the library on.
    """

    def __init__(self, name: str, path: str) -> None:
        self._name = name
        self._path = path

    def __getattr__(self, attribute: str) -> Absent:
        if attribute.startswith("__"):
            raise AttributeError(attribute)
        return Absent(self._name, f"{self._path}.{attribute}")

    def __instancecheck__(self, _instance: object) -> bool:
        return False

    def __call__(self, *args: Any, **_named: Any) -> Any:
        """Show nothing; of a library that computes, end as an undefined name does."""
        library, _, last = self._path.rpartition(".")
        if self._path.partition(".")[0] not in SHOWING:
            raise self._undefined()
        if self._path.partition(".")[0] == "tqdm" and last in {"tqdm", "trange", "tqdm_notebook"}:
            return _Bar(self._name, library, range(*args) if last == "trange" else args[:1])
        if len(args) == 1 and callable(args[0]) and not isinstance(args[0], Absent):
            return args[0]  # a decorator
        return self

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


def _refusing(method: str) -> Callable[..., Any]:
    def refuse(self: Absent, *_args: object, **_named: object) -> Any:
        raise self._undefined()

    refuse.__name__ = method
    return refuse


for _method in _COMPUTING:
    setattr(Absent, _method, _refusing(_method))


class _Bar(Absent):
    """A progress bar: goes through what it was given and shows nothing."""

    def __init__(self, name: str, path: str, given: Any) -> None:
        super().__init__(name, path)
        self._given = given if isinstance(given, range) else next(iter(given), ())

    def __iter__(self) -> Iterator[Any]:
        return iter(self._given)

    def __len__(self) -> int:
        return len(self._given)
