"""What the process of a submission hears of the course, of the machine, and of other libraries."""

import json
from pathlib import Path

import pytest
from support.text_blocks import block

from grader.judge.processes.interpreter import PACKAGE
from grader.wire.levels import Level

CHECK = block("""
    def test_it(student):
        assert_close(student.double(2.0), 4.0)
""")

THIEF = Path(__file__).resolve().parents[1] / "layouts/thief.py"
LEVELS = sorted(Level, reverse=True)


@pytest.fixture(params=["forked", "afresh"])
def started(request, monkeypatch):
    if request.param == "afresh":
        monkeypatch.setenv("GRADER_SPAWN", "1")
    return request.param


@pytest.mark.usefixtures("started")
@pytest.mark.parametrize("level", LEVELS)
def test_nothing_tells_of_the_course_or_of_the_grader(court, level):
    """Not the command, the environment, frames, modules, or what the garbage collector knows."""
    court.exercise(CHECK)
    course = court.root.resolve()
    words = [f"{course}/answers", str(course), str(PACKAGE), "nn_grader", "nn-grader"]
    files = [path for path in course.rglob("*") if path.is_file()] if level else []
    source = THIEF.read_text(encoding="utf-8")
    for name, values in (("WORDS", words), ("SECRETS", files), ("TOPS", [])):
        source = source.replace(f"@{name}@", json.dumps([str(value)[::-1] for value in values]))
    report = court.judge(source + court.right, max_level=level)
    assert report.status == "graded", report.run.faults
    assert (report.reached, report.load.feedback) == (1, [])
    found = json.loads(report.output.text)
    assert (found["told"], found["opened"], found["imported"]) == ([], [], [])
    assert found["walked"] == [] or not level


@pytest.mark.usefixtures("started")
@pytest.mark.parametrize("level", LEVELS)
def test_a_library_that_the_exercise_does_not_list_is_not_there(court, level):
    court.exercise(CHECK)
    looking = block("""
        import importlib.util as i
        print(*map(i.find_spec, ['torch', 'pytest', 'yaml']))
    """)
    report = court.judge(f"{looking}import torch\n{court.right}", max_level=level)
    assert report.output.text == "None None None\n"
    (message,) = report.load.feedback
    assert (message.id, report.reached) == ("note.import", 1)
    assert (message.args["module"], message.args["line"]) == ("torch", 3)


def test_a_listed_library_says_its_version(court):
    court.exercise(CHECK)
    source = block("""
        import importlib.metadata as m
        print(m.version('NumPy'))
    """)
    source += "print([d.name for d in m.distributions()], m.entry_points(group='pytest11'))\n"
    told = court.judge(source + court.right).output.text.splitlines()
    assert told[0] == __import__("numpy").__version__
    assert told[1].startswith("['numpy'] ")
    assert "grader" not in told[1]
