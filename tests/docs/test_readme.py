"""README.md shows what the program prints, and its numbers are those of this repository."""

import os
import re
import subprocess
import sys
import tomllib

import pytest
from arena.corpus import attacks
from support.documents import ROOT, blocks, table, text

from grader.course.loading import Course
from grader.course.models import CodeExercise

FIRST_SCREEN = text("README.md").split("## Two commands")[0]
EXERCISES = Course(ROOT).exercises()
CODE = [one for one in EXERCISES if isinstance(one.model, CodeExercise)]
LONGEST_SCREEN = 40


def known_mistakes():
    """Return how many mistakes are recognised: misconceptions, and mistakes of keys."""
    in_code = sum(len(one.model.misconceptions) for one in CODE)
    keys = [one.key.questions.values() for one in EXERCISES if one not in CODE]
    return in_code + sum(len({id_ for key in of for id_ in key.mistakes}) for of in keys)


def files(pattern):
    return len(list(ROOT.glob(pattern)))


def test_who_has_seconds_sees_all_of_it():
    assert len(FIRST_SCREEN.splitlines()) <= LONGEST_SCREEN


def test_the_feedback_shown_is_what_the_demonstration_prints():
    shown = blocks("README.md")[0].body
    command = [sys.executable, "-m", "grader", "demo", "--lang", "en"]
    env = os.environ | {"COLUMNS": "100", "NO_COLOR": "1"}
    done = subprocess.run(
        command, env=env, capture_output=True, text=True, encoding="utf-8", check=True
    )
    assert len(shown.splitlines()) == 10
    assert f"\n{shown}" in done.stdout.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("told", "there"),
    [
        (r"(\d+) exercises,", len(EXERCISES)),
        (r"(\d+) in code,", len(CODE)),
        (r"in code, (\d+) of\s+questions", len(EXERCISES) - len(CODE)),
        (r"about (\d+) hours", round(sum(one.model.minutes for one in EXERCISES) / 60)),
    ],
)
def test_what_is_there_is_counted(told, there):
    assert int(re.search(told, FIRST_SCREEN)[1]) == there


@pytest.mark.parametrize(
    ("told", "there", "step"),
    [
        (r"Over (\d+) mistakes", known_mistakes(), 100),
        (r"Over (\d+) right answers", files("tests/solutions/*/*.py"), 10),
        (r"over (\d+) wrong ones", files("tests/wrong/*/*.py"), 10),
        (r"Over (\d+) attacks", len(attacks()), 10),
    ],
)
def test_round_numbers_are_counted_and_rounded_down(told, there, step):
    number = int(re.search(told, FIRST_SCREEN)[1])
    assert number == (there - 1) // step * step


def test_attacks_that_need_the_highest_level_are_counted():
    needs = [attack.needs for attack in attacks()]
    told = re.search(r"(\d+) of them need the highest isolation level", FIRST_SCREEN)[1]
    assert needs.count(max(needs)) == int(told)


def test_every_claim_has_a_command_that_is_there():
    rows = re.findall(r"^\| (.+\.) \| `(.+)` \|$", FIRST_SCREEN, re.MULTILINE)
    assert len(rows) == 4
    for _, command in rows:
        for path in re.findall(r"(?:tests|benchmarks)/[\w./]+", command):
            assert (ROOT / path).exists()


def test_the_extras_are_those_of_the_package():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    named = set(re.findall(r"`(\w+)`", " ".join(map(str, table("install.md", "Extras")))))
    assert named >= set(project["optional-dependencies"]) - {"dev"}
