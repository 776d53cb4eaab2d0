"""Writes docs/devices.md: ``python tests/devices/page.py > docs/devices.md``."""

from __future__ import annotations

import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from devices.programs import HERE, Outcome, programs

UNSEEN = "not seen yet"
HEAD = (HERE / "page.md").read_text(encoding="utf-8")


def page():
    """Return the whole page: what is written by hand, and the table of all programs."""
    every = programs()
    refused = sum(program.refusal is not None for program in every)
    counts = f"{len(every)} programs, of which a GPU refuses {refused}"
    return HEAD.replace("{{programs}}", counts) + "".join(_tables(every))


def _tables(every):
    seen = cards()
    group = None
    for program in every:
        if program.group != group:
            group = program.group
            yield f"\n### {group}\n\n| | program | on `sim` |{_of_cards(seen)}\n|---|---|---|"
            yield "---|" * max(1, len(seen)) + "\n"
        ends = [_expected(program), *_on_cards(program, seen)]
        yield f"| {program.what} | {_code(program.run)} | {' | '.join(ends)} |\n"


def cards():
    """Return what was recorded on cards: a name, and how each program ended, by its row."""
    return [json.loads(path.read_text("utf-8")) for path in sorted((HERE / "seen").glob("*.json"))]


def _of_cards(seen):
    return "".join(f" on {card['name']} |" for card in seen) or " on CUDA |"


def _on_cards(program, seen):
    if not seen:
        return [UNSEEN]
    return [_ended(card["ended"].get(program.what)) for card in seen]


def _ended(ended):
    if ended is None:
        return UNSEEN
    outcome = Outcome(tuple(ended["kinds"]), ended["message"])
    return f"`{outcome.kinds[0]}`" if outcome.kinds else "runs"


def _expected(program):
    refusal = program.simulated
    if refusal is None:
        return "runs"
    if program.difference:
        there = f"`{program.refusal}`" if program.refusal else "runs"
        return f"`{refusal}`; {there} is expected on CUDA: {program.difference}"
    return f"`{refusal}`"


def _code(source):
    lines = source.rstrip("\n").split("\n")
    return "<br>".join(_line(line) for line in lines)


def _line(line):
    written = line.lstrip().replace("|", "\\|")
    return "&nbsp;" * (len(line) - len(line.lstrip())) + f"`{written}`"


if __name__ == "__main__":
    sys.stdout.write(page())
