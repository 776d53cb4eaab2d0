"""Letters of another alphabet that look like Latin ones: ``sоftmax`` with a Cyrillic о."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_LOOKALIKES = dict(
    zip(
        "авсԁеһіјӏмопрԛѕтухԝгкАВСЕНІЈКМОРЅТУХԜαβεικνορτυχγωΑΒΕΖΗΙΚΜΝΟΡΤΥΧıɡ",
        "abcdehijlmonpqstyxwrkABCEHIJKMOPSTYXWaBeikvoptuxywABEZHIKMNOPTYXig",
        strict=True,
    )
)


@dataclass(frozen=True)
class ForeignLetter:
    """The first letter of a name from another alphabet; ``position`` from 1."""

    found: str
    letter: str
    code: str
    position: int
    latin: str


def lookalike(name: str, others: Iterable[str]) -> ForeignLetter | None:
    """Return the first letter of another alphabet by which one of ``others`` differs from a name.

    Either of the two may contain it.
    """
    for other in others:
        if other == name or len(other) != len(name) or _latin(other) != _latin(name):
            continue
        written = other if not other.isascii() else name
        position = next(at for at, (a, b) in enumerate(zip(other, name, strict=True)) if a != b)
        letter = written[position]
        if letter in _LOOKALIKES:
            code = f"U+{ord(letter):04X}"
            return ForeignLetter(written, letter, code, position + 1, _LOOKALIKES[letter])
    return None


def _latin(name: str) -> str:
    return "".join(_LOOKALIKES.get(letter, letter) for letter in name)
