"""Names from students and systems: made printable, and compared as people compare them."""

from __future__ import annotations

import re
import unicodedata
from itertools import permutations
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

# Controls, surrogates, and direction overrides, by which a name could look like another one. Also
# the backslash of a name that would look like such an escape.
_UNFIT = re.compile(
    "[\0-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069]"
    r"|\\(?=x[0-9a-f]{2}|u[0-9a-f]{4})"
)

_STRIPPED = re.compile(r"""[\0-\x1f\x7f"'’`|:\\/&<>]""")
_WORDS = 4  # of which all orders are tried


def printable(name: str) -> str:
    r"""Return a name with characters unfit for tables and JSON escaped, as ``\x1b``.

    Different names stay different.
    """
    return _UNFIT.sub(_escaped, name)


def _escaped(unfit: re.Match[str]) -> str:
    code = ord(unfit[0])
    return f"\\x{code:02x}" if code <= 0xFF else f"\\u{code:04x}"  # noqa: PLR2004 - a byte


def same_name(name: str) -> str:
    """Return a name's normal form, regardless of composition, case and spaces.

    An underscore counts as a space, as in file names.
    """
    composed = unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())
    return " ".join(composed.replace("_", " ").split())


def cleaned_name(name: str) -> str:
    """Return the normal form of a name and of its form in a file's path.

    Moodle strips characters from names in paths, and many people write ``’`` for ``'``.
    """
    return " ".join(_STRIPPED.sub("", same_name(name)).split())


def ordered_name(name: str) -> str:
    """Return a normal form regardless of order: ``Lovelace, Ada``, ``Ada Lovelace``."""
    return " ".join(sorted(cleaned_name(name.replace(",", " ")).split()))


def squeezed_names(name: str) -> frozenset[str]:
    """Return a name as Canvas writes it, letters and digits only, in any order of its words."""
    words = ["".join(filter(str.isalnum, word)) for word in ordered_name(name).split()]
    if len(words) > _WORDS:  # in the given order, and with the family name first
        words = ["".join(filter(str.isalnum, word)) for word in cleaned_name(name).split()]
        turns = (words[at:] + words[:at] for at in range(len(words)))
        return frozenset(map("".join, turns))
    return frozenset(map("".join, permutations(words)))


def common_start(texts: Collection[str], ending: str) -> str:
    """Return the common prefix of all texts, up to the last ``ending`` in it."""
    first, last = min(texts, default=""), max(texts, default="")
    at = next((at for at, sign in enumerate(first) if last[at] != sign), len(first))
    return first[: first.rfind(ending, 0, at) + 1]


def akin(one: str, other: str) -> bool:
    """Return True if two names have a word in common, or one of them is unknown."""
    words = set(ordered_name(one).split()), set(ordered_name(other).split())
    return not words[0] or not words[1] or bool(words[0] & words[1])


def same_id(id_: str) -> str:
    """Return an id's normal form, regardless of composition and outer spaces."""
    return unicodedata.normalize("NFC", id_.strip())


def natural(name: str) -> tuple[object, ...]:
    """Return the natural sort key of a name: ``ex01``, ``ex01 (2)``, ``ex01 (10)``."""
    pieces = re.split(r"([0-9]+)", same_name(name))  # alternately a text and a number
    return tuple(_number(piece) if at % 2 else piece for at, piece in enumerate(pieces))


def _number(digits: str) -> tuple[int, str]:
    """Return the sort key of a number of any length, by its value."""
    value = digits.lstrip("0")
    return len(value), value
