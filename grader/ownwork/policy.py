"""The names that an exercise allows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.ownwork import builtin_names
from grader.ownwork.array_attributes import ARRAY_ATTRIBUTES

if TYPE_CHECKING:
    from collections.abc import Sequence


class Policy:
    """Allowed names, and names that are forbidden although a group contains them.

    ``allowed`` None: all but the forbidden ones. ``idle``: names that compute nothing, which are
    always allowed.
    """

    def __init__(
        self,
        allowed: Sequence[str] | None,
        forbidden: Sequence[str] = (),
        idle: Sequence[str] = (),
    ) -> None:
        self.open = allowed is None
        self._idle = idle
        listed = allowed or ()
        self._methods = frozenset(name[1:] for name in listed if name.startswith("."))
        self._modules = frozenset(name[:-2] for name in listed if name.endswith(".*"))
        self._exact = frozenset(name for name in listed if name[0] != "." and name[-2:] != ".*")
        self._above = frozenset(
            above for name in (*self._exact, *self._modules) for above in _prefixes(name)
        )
        self._not_methods = frozenset(name[1:] for name in forbidden if name.startswith("."))
        self._not = [name for name in forbidden if not name.startswith(".")]

    def rest(self, dotted: str) -> tuple[str, ...] | None:
        """Return the rest of a dotted name behind its allowed part; None if no part is allowed."""
        for like in builtin_names.LIKE_NUMPY:
            if builtin_names.within(dotted, [like]):
                dotted = "numpy" + dotted.removeprefix(like)
        if builtin_names.within(dotted, self._not):
            return None
        if self.open or builtin_names.within(dotted, self._idle):
            return ()
        parts = dotted.split(".")
        for length in range(len(parts), 0, -1):
            begun = ".".join(parts[:length])
            if begun in self._exact or (length > 1 and begun.rpartition(".")[0] in self._modules):
                return tuple(parts[length:])
        return None

    def leads_on(self, dotted: str) -> bool:
        """Return True if a name is only a prefix of allowed names."""
        return "." not in dotted or dotted in self._above or dotted in self._modules

    def permits_attribute(self, name: str) -> bool:
        """Return True if a method or attribute of an array or tensor is allowed."""
        if name in self._not_methods:
            return False
        return (
            self.open
            or name in self._methods
            or name not in ARRAY_ATTRIBUTES
            or (name in builtin_names.BUILT_IN_ATTRIBUTES)
        )


def _prefixes(dotted: str) -> list[str]:
    parts = dotted.split(".")
    return [".".join(parts[:length]) for length in range(1, len(parts))]
