"""The definitions in a source, found line by line: it is neither parsed nor run."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum

# Strings and comments, in which definitions do not count.
_SILENT = re.compile(
    r"\"\"\"(?:[^\\]|\\.)*?\"\"\"|'''(?:[^\\]|\\.)*?'''"
    r"|\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*'|\#[^\n]*",
    re.DOTALL,
)
_FROM = re.compile(r"^[ \t]*from\b[^\n]*\bimport\b", re.MULTILINE)
_NAMES = 2_000  # characters of an import that are read


class Defines(IntEnum):
    """How much of what is asked a file defines."""

    NOTHING = 0
    IMPORTED = 1  # or defined in a nested scope
    ALL = 2


@dataclass(frozen=True)
class Asked:
    """The names that an exercise asks for, and the stub with their beginnings."""

    names: tuple[str, ...]
    stub: str


def defined(source: str, asked: Asked) -> Defines:
    """Return how much of what is asked a source defines; an unchanged stub defines nothing."""
    if asked.stub and bare(source) == asked.stub:
        return Defines.NOTHING
    text = _SILENT.sub(_blank, source)
    found = [_defined(text, re.escape(name)) for name in asked.names]
    return min(found, default=Defines.NOTHING)


def bare(source: str) -> str:
    """Return a source without comment lines and empty lines."""
    lines = (line.rstrip() for line in source.splitlines())
    return "\n".join(line for line in lines if line and not line.lstrip().startswith("#"))


def _defined(text: str, name: str) -> Defines:
    at_once = rf"^(?:(?:async[ \t]+)?def|class)[ \t]+{name}\b|^{name}[ \t]*(?::[^=\n]*)?=(?!=)"
    if re.search(at_once, text, re.MULTILINE):
        return Defines.ALL
    inside = rf"^[ \t]+(?:async[ \t]+)?(?:def|class)[ \t]+{name}\b"
    imported = (_taken(text, found.end()) for found in _FROM.finditer(text))
    wanted = re.compile(rf"\b{name}\b|\*")
    some = re.search(inside, text, re.MULTILINE) or any(map(wanted.search, imported))
    return Defines.IMPORTED if some else Defines.NOTHING


def _taken(text: str, at: int) -> str:
    """Return the names after ``import``, in parentheses or on the line."""
    rest = text[at : at + _NAMES]
    return rest.partition(")" if rest.lstrip(" \t").startswith("(") else "\n")[0]


def _blank(silent: re.Match[str]) -> str:
    return "\n" * silent[0].count("\n") if silent[0].startswith(('"""', "'''")) else "0"
