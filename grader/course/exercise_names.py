"""The names by which an exercise may be requested: its folder, its id, its number, its subject."""

from __future__ import annotations

import difflib
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_ID = re.compile(r"(?:ex)?[0-9]+")


def folders_by_name(folders: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Return the folders that each name may mean, in their order."""
    found: dict[str, tuple[str, ...]] = {}
    for folder in folders:
        for called in _called(folder):
            found[called] = (*found.get(called, ()), folder)
    return found


def close_to(wanted: str, folders: Sequence[str]) -> tuple[str, ...]:
    """Return up to three folders with names like a misspelt one."""
    if _ID.fullmatch(wanted):
        return ()  # a wrong id is not a misspelt one: ex98 does not mean ex99
    names = {called: folder for folder in folders for called in _called(folder)}
    close = difflib.get_close_matches(wanted, names, n=5, cutoff=0.5)
    inside = [called for called in names if len(wanted) > 2 and wanted in called]  # noqa: PLR2004 - two letters are in every other name
    return tuple(dict.fromkeys(names[called] for called in (*inside, *close)))[:3]


def is_called(folder: str, name: str) -> bool:
    """Return True if a name is one by which the exercise in a folder may be requested."""
    return name.strip().casefold() in _called(folder)


def _called(folder: str) -> set[str]:
    """Return the names by which an exercise may be requested."""
    id_, _, slug = folder.partition("_")
    number = id_.removeprefix("ex")
    plain = number.lstrip("0") or "0"
    return {folder, id_, slug, number, plain, f"ex{plain}"}
