"""docs/security.md lists every check that rests on the word of the student's process."""

import re
from pathlib import Path

from grader.course.loading import Course
from grader.course.models import CodeExercise

ROOT = Path(__file__).resolve().parents[2]


def test_the_table_names_the_checks_and_their_points():
    text = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (ex\d+_\w+) \| (.+) \| (\d+) \| (\d+) \|$", text, re.MULTILINE)
    told = {
        name: (set(re.findall(r"`(\w+)`", checks)), int(points), int(maximum))
        for name, checks, points, maximum in rows
    }
    exercises = [one for one in Course(ROOT).exercises() if isinstance(one.model, CodeExercise)]
    assert told == {
        one.name: (
            set(one.on_trust),
            sum(one.code.checks[name].points for name in one.on_trust),
            one.code.maximum,
        )
        for one in exercises
        if one.on_trust
    }
