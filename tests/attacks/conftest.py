"""What the tests of attacks share: the attacks, and places where they can do no harm."""

import secrets

import pytest
from arena.arena import Arena, NoArenaError
from arena.faults import faults, too_slow

from grader.wire.levels import HIGHEST, LEVEL_NAMES

SEEDS = 2**53


class Arenas:
    """The arenas at hand, by what is special about them; one that has ended is replaced."""

    def __init__(self):
        self._arenas = {}

    def get(self, patches=None, surroundings="root"):
        """Return an arena; skips the test where none can be made."""
        key = (surroundings, *sorted((patches or {}).items()))
        if key not in self._arenas or not self._arenas[key].alive:
            try:
                self._arenas[key] = Arena(surroundings, patches)
            except NoArenaError as problem:
                pytest.skip(str(problem))
        return self._arenas[key]

    def close(self):
        """End them all."""
        for arena in self._arenas.values():
            arena.close()


@pytest.fixture(scope="session")
def arenas():
    """Arenas, kept as long as the tests run."""
    kept = Arenas()
    yield kept
    kept.close()


@pytest.fixture
def arena(arenas):
    """An arena with the grader as it is."""
    return arenas.get()


@pytest.fixture
def faults_of():
    """Judge an attack in an arena; return what is wrong with what became of it."""

    def judged(attack, arena, max_level=HIGHEST, *, pipelined=True):
        for patient in (False, True):  # the grader, too, gives a slow one a second chance
            seed = secrets.randbelow(SEEDS) if attack.secret_seed else None
            options = {"limits": attack.limits, "max_level": max_level, "seed": seed}
            options["pipelined"] = pipelined
            result = arena.judge(attack.path.name, attack.source, attack.exercise, **options)
            found = faults(attack, result, seed, patient=patient)
            if not too_slow(found):
                break
        return found

    return judged


@pytest.fixture
def enough():
    """Skip where an arena cannot give the isolation that stops an attack."""

    def skip(attack, arena):
        if arena.hello["level"] < attack.needs:
            pytest.skip(
                f"stopped from level {LEVEL_NAMES[attack.needs]}, here is {arena.hello['name']}"
            )

    return skip
