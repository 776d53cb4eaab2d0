"""One rule of the tables of explanations."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

Arguments = Mapping[str, str]
"""Groups of a match by the placeholders that they fill."""


@dataclass(frozen=True)
class Rule:
    """A sentence, by its id, for messages that match a pattern.

    ``types``: names of exceptions, none for any. ``also`` derives further arguments from the
    groups; None if the sentence does not fit after all.
    """

    id: str
    pattern: re.Pattern[str]
    types: frozenset[str] = frozenset()
    also: Callable[[Arguments], Arguments | None] = lambda found: found


def rule(
    id_: str,
    pattern: str,
    *types: str,
    also: Callable[[Arguments], Arguments | None] = lambda found: found,
) -> Rule:
    """Return a rule; the pattern is matched at the beginning of a message."""
    return Rule(id_, re.compile(pattern), frozenset(types), also)
