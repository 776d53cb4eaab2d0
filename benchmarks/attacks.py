"""Which layer stops which attack: ``python benchmarks/attacks.py [--write] [NAME …]``.

Judges every attack of ``tests/attacks`` with all layers, with each layer taken away in turn, and
with none at all; those that get through then, also with each layer alone and at each lower
isolation level. Each time as root, as an ordinary user and in an imitation of a container. All of
it happens in arenas (``tests/arena``), on a copy of the package that is patched there.

Prints JSON; ``--write`` puts the table into docs/security.md. ``--found FILE …`` takes what such
runs have printed, one for each kind of surroundings, instead of judging. Exit code 1 when an attack
gets through that the isolation level promises to stop.
"""

from __future__ import annotations

import argparse
import json
import secrets
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.append(str(ROOT / "tests"))
from arena.arena import ANSWER_SECONDS, Arena, ArenaEndedError, NoArenaError  # noqa: E402
from arena.corpus import Attack, attacks  # noqa: E402
from arena.faults import faults, too_slow  # noqa: E402
from arena.removal import without  # noqa: E402
from arena.table import written  # noqa: E402

from grader.wire.levels import HIGHEST, LEVEL_NAMES, Level  # noqa: E402

SURROUNDINGS = ("root", "user", "container")
DOCUMENT = ROOT / "docs" / "security.md"
SEEDS = 2**53
LESS_SECONDS = 40  # longer than any budget: whoever waits for that has been held up


class Ring:
    """One arena after another, all alike: one in which something was let through is left."""

    def __init__(
        self, surroundings: str, removed: tuple[str, ...], max_level: int = HIGHEST
    ) -> None:
        self._surroundings = surroundings
        self._patches = without(removed) if removed else {}
        self._complete = not removed
        self._max_level = max_level
        self._arena: Arena | None = None

    def what_broke(self, attack: Attack) -> list[str]:
        """Judge an attack; return what is wrong with what became of it."""
        found = self._once(attack)
        # Nothing shall count only because the machine was busy once.
        return self._once(attack) if too_slow(found) else found

    def _once(self, attack: Attack) -> list[str]:
        if self._arena is None:
            self._arena = Arena(self._surroundings, self._patches)
        seed = secrets.randbelow(SEEDS) if attack.secret_seed else None
        try:
            result = self._arena.judge(
                attack.path.name,
                attack.source,
                attack.exercise,
                limits=attack.limits,
                max_level=self._max_level,
                seed=seed,
                timeout=ANSWER_SECONDS if self._complete else LESS_SECONDS,
            )
            found = faults(attack, result, seed, patient=True)
        except ArenaEndedError as problem:
            found = [f"arena: {problem}"]
        if found:
            self.close()
        return found

    def close(self) -> None:
        """End the arena."""
        if self._arena is not None:
            self._arena.close()
            self._arena = None


def layers_here(surroundings: str) -> tuple[str, list[str]]:
    """Return the isolation level to be had there, and the layers of which it consists."""
    arena = Arena(surroundings)
    arena.close()
    return arena.hello["name"], arena.hello["layers"]


def through(ring: Ring, chosen: list[Attack]) -> dict[str, list[str]]:
    """Return what gets through, with what broke."""
    found = {}
    for attack in chosen:
        broken = ring.what_broke(attack)
        sys.stderr.write("x" if broken else ".")
        sys.stderr.flush()
        if broken:
            found[attack.name] = broken
    ring.close()
    sys.stderr.write("\n")
    return found


def judged_in(surroundings: str, chosen: list[Attack]) -> dict[str, Any]:
    """Judge attacks in one kind of surroundings with all combinations of layers."""
    level, layers = layers_here(surroundings)
    everything = set(layers)

    def run(kept: set[str], some: list[Attack], max_level: int = HIGHEST) -> dict[str, list[str]]:
        sys.stderr.write(f"{surroundings}, level {max_level}, {', '.join(sorted(kept)) or 'none'} ")
        return through(Ring(surroundings, tuple(sorted(everything - kept)), max_level), some)

    bare = run(set(), chosen)
    stopped = [attack for attack in chosen if attack.name in bare]
    lower = range(Level.named(level))
    return {
        "level": level,
        "layers": layers,
        "all": run(everything, chosen),
        "none": bare,
        "without": {layer: run(everything - {layer}, chosen) for layer in layers},
        "only": {layer: run({layer}, stopped) for layer in layers},
        "levels": {LEVEL_NAMES[top]: run(everything, stopped, top) for top in lower},
    }


def unexpected(result: dict[str, Any], chosen: list[Attack]) -> list[str]:
    """Return what gets through with all layers of a level that promises to stop it."""
    level = Level.named(result["level"])
    return [one.name for one in chosen if one.name in result["all"] and one.needs <= level]


def main() -> int:
    """Judge, print, write."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("names", nargs="*", help="attacks; all where none is named")
    parser.add_argument("--write", action="store_true", help="put the table into docs/security.md")
    parser.add_argument("--surroundings", nargs="+", choices=SURROUNDINGS, default=SURROUNDINGS)
    parser.add_argument("--found", nargs="+", type=Path, help="results of runs, instead of judging")
    options = parser.parse_args()
    chosen = [one for one in attacks() if not options.names or one.name in options.names]
    try:
        if options.found:
            found = {
                k: v for path in options.found for k, v in json.loads(path.read_text()).items()
            }
        else:
            found = {place: judged_in(place, chosen) for place in options.surroundings}
    except NoArenaError as problem:
        parser.exit(2, f"{problem}\n")
    print(json.dumps(found, indent=2))
    if options.write:
        text = DOCUMENT.read_text(encoding="utf-8")
        DOCUMENT.write_text(written(text, found, chosen), encoding="utf-8")
    return int(any(unexpected(result, chosen) for result in found.values()))


if __name__ == "__main__":
    raise SystemExit(main())
