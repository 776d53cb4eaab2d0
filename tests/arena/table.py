"""The table of which layer stops which attack, as it stands in docs/security.md."""

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any

from arena.corpus import Attack
from grader.wire.levels import LEVEL_NAMES, Level

Found = Mapping[str, Mapping[str, Any]]
"""For each kind of surroundings, what got through with which layers."""

BEGIN, END = "<!-- table of layers -->", "<!-- end of the table -->"
LETTERS = {"root": "r", "user": "u", "container": "c"}
NEEDED, ENOUGH = "●", "○"


def written(text: str, found: Found, chosen: Sequence[Attack]) -> str:
    """Return a document with the table between its marks replaced."""
    pattern = re.compile(f"{BEGIN}.*{END}", re.DOTALL)
    made = f"{BEGIN}\n{_table(found, chosen)}\n{END}"
    replaced, times = pattern.subn(lambda _: made, text)
    if times != 1:
        raise ValueError(f"{BEGIN} … {END} must stand once in the document")
    return replaced


def _table(found: Found, chosen: Sequence[Attack]) -> str:
    layers = list(dict.fromkeys(layer for run in found.values() for layer in run["layers"]))
    dangerous = {name for run in found.values() for name in run["none"]}
    rows = [attack for attack in chosen if attack.name in dangerous]
    harmless = [attack for attack in chosen if attack.name not in dangerous]
    lines = [
        f"| attack | {' | '.join(map(_title, layers))} | stopped from level |",
        f"|---|{':-:|' * len(layers)}---|",
        *(_row(attack, layers, found) for attack in rows),
        "",
        f"The other {len(harmless)} attacks gain nothing even with no layer at all:",
        "",
    ]
    for family, members in groupby(harmless, key=lambda attack: attack.family):
        names = (attack.name.removeprefix(f"{family}_") for attack in members)
        lines.append(f"- {family}: {', '.join(name.replace('_', ' ') for name in names)}")
    return "\n".join(lines)


def _title(layer: str) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", layer).lower()


def _row(attack: Attack, layers: Iterable[str], found: Found) -> str:
    cells = [_cell(attack.name, layer, found) for layer in layers]
    runs = [run for run in found.values() if attack.name in run["none"]]
    level = max(_lowest(attack, run) for run in runs)
    lowest = f"`{LEVEL_NAMES[level]}`" if level < len(Level) else "none"
    return f"| {attack.name} | {' | '.join(cells)} | {lowest} |"


def _cell(name: str, layer: str, found: Found) -> str:
    """Return one mark where all surroundings agree, else each with their letters."""
    places = {
        place: _mark(name, layer, run) for place, run in found.items() if layer in run["layers"]
    }
    if len(set(places.values())) == 1:
        return next(iter(places.values()))
    letters = {
        mark: [LETTERS[p] for p, m in places.items() if m == mark] for mark in (NEEDED, ENOUGH)
    }
    return " ".join(mark + "".join(where) for mark, where in letters.items() if where)


def _mark(name: str, layer: str, run: Mapping[str, Any]) -> str:
    """Return what a layer means for stopping an attack in some surroundings."""
    if name not in run["none"] or name in run["all"]:
        return ""
    if name in run["without"][layer]:
        return NEEDED
    return "" if name in run["only"][layer] else ENOUGH


def _lowest(attack: Attack, run: Mapping[str, Any]) -> int:
    """Return the lowest level that stops an attack, as does every level above it."""
    if attack.name in run["all"]:
        here = Level.named(run["level"])
        return attack.needs if attack.needs > here else len(Level)
    through = [Level.named(level) for level, names in run["levels"].items() if attack.name in names]
    return max(through, default=-1) + 1
