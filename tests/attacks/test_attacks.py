"""Every cheat of this folder gets what it deserves, harms nobody and learns nothing.

Hostile code runs in an arena only; see ``tests/arena``.
"""

import json
import sys
from collections import Counter

import pytest
from arena import planted
from arena.corpus import FAMILIES, attacks
from arena.faults import MARKER
from arena.mounts import PRIVATE
from arena.removal import older_landlock

from grader.report.models import Report
from grader.wire.levels import FULL, KERNEL, LEVEL_NAMES

ATTACKS = attacks()
NAMES = {attack.name: attack for attack in ATTACKS}
FULL_MARKS = 20
# One of each family, for every day; the same everywhere, whatever the machine can do.
SAMPLE = {
    "forging": "forging_frames",
    "tampering": "tampering_runner",
    "path": "path_shadowed_modules",
    "stealing": "stealing_frames",
    "fooling": "fooling_always_equal",
    "gaming": "gaming_state",
    "resources": "resources_threads",
    "timing": "timing_later",
}
SELDOM = [pytest.param(name, marks=pytest.mark.slow) for name in ("user", "container")]


def test_there_are_attacks_of_every_family():
    families = Counter(attack.family for attack in ATTACKS)
    assert families.keys() == set(FAMILIES)
    assert sum(families.values()) >= 100
    assert all(attack.kind.startswith(attack.family) for attack in ATTACKS)
    assert all(attack.summary for attack in ATTACKS)


@pytest.mark.parametrize(
    "attack",
    [
        pytest.param(
            attack,
            id=attack.name,
            marks=() if attack.name in SAMPLE.values() else pytest.mark.slow,
        )
        for attack in ATTACKS
    ],
)
@pytest.mark.parametrize("surroundings", ["root", *SELDOM])
def test_an_attack_gets_what_it_deserves(attack, surroundings, arenas, faults_of, enough):
    arena = arenas.get(surroundings=surroundings)
    enough(attack, arena)
    assert faults_of(attack, arena) == []


@pytest.mark.parametrize(
    "attack",
    [
        pytest.param(attack, id=attack.name, marks=pytest.mark.slow)
        for attack in ATTACKS
        if attack.family in {"forging", "gaming", "timing"}
    ],
)
def test_an_attack_gets_the_same_where_calls_are_sent_one_by_one(attack, arena, faults_of, enough):
    enough(attack, arena)
    assert faults_of(attack, arena, pipelined=False) == []


@pytest.mark.parametrize(
    ("attack", "version"),
    [
        pytest.param(attack, version, id=f"{attack.name}-{version}")
        for attack in ATTACKS
        for version in attack.landlock
    ],
)
def test_an_older_landlock_lets_nothing_through(attack, version, arenas, faults_of):
    arena = arenas.get(older_landlock(version))
    assert faults_of(attack, arena, max_level=KERNEL) == []


@pytest.mark.parametrize("level", range(FULL), ids=LEVEL_NAMES[:FULL])
@pytest.mark.parametrize("family", FAMILIES)
def test_lower_levels_stop_what_they_promise(family, level, arena, faults_of):
    if level >= arena.hello["level"]:
        pytest.skip(f"this machine's own level is {arena.hello['name']}")
    assert faults_of(NAMES[SAMPLE[family]], arena, max_level=level) == []


@pytest.mark.parametrize("name", [*SAMPLE.values(), "honest"])
def test_the_command_itself_stops_one_of_each_family(name, arena):
    path, deserved = "honest.py", FULL_MARKS
    if name in NAMES:
        path, deserved = str(NAMES[name].path), NAMES[name].honest
    command = [sys.executable, "-P", "-m", "grader", "--course", f"{PRIVATE}/course"]
    (done,) = arena.run([*command, "grade", "ex11", path, "--json"])
    report = Report.model_validate(json.loads(done["stdout"]))
    assert report.reached == deserved, done["printed"]
    assert done["code"] == (0 if deserved == FULL_MARKS else 1)
    assert done["processes"] == done["changed"] == done["caught"] == []
    assert done["printed"] == ""
    secrets = {*planted.CANARIES.values(), *planted.hidden_names(), MARKER}
    assert [secret for secret in secrets if secret in done["stdout"]] == []
