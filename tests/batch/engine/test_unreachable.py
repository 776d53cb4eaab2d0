"""A class graded where not all points can be shown: what is entered, and what a device changes."""

import csv
import json

import pytest

pytestmark = pytest.mark.slow

BACKWARD = """\
import torch


def backward(x, d, params):
    W1, b1, W2, b2 = (params[k] for k in ("W1", "b1", "W2", "b2"))
    u1 = x @ W1 + b1
    z1 = torch.relu(u1)
    n = x.shape[0]
    g = torch.softmax(z1 @ W2 + b2, dim=1)
    g[torch.arange(n, device=x.device), d] -= 1
    g /= n
    dz = (g @ W2.T) * (u1 > 0)
    return {"W1": x.T @ dz, "b1": dz.sum(0), "W2": z1.T @ g, "b2": g.sum(0)}
"""
WRONG = BACKWARD.replace(" * (u1 > 0)", "")
BATCH = (
    *("batch", "class", "--exercise", "ex42", "--out", "out", "--jobs", "1", "--json"),
    *("--require-isolation", "own-code-only", "--seed", "7"),
)
WORKSHEET = """\
Identifier,"Full name",Status,Grade,"Maximum grade","Grade can be changed","Last modified (grade)"
"Participant 101","Ada One",x,,25.00,Yes,-
"Participant 102","Bob Two",x,,25.00,Yes,-
"""
MOODLE = ("--format", "moodle", "--template", "worksheet.csv")


@pytest.fixture
def handed_in(grader):
    """A class of two: one answer is right, and one is not."""
    for name, number, text in (("Ada One", 101, BACKWARD), ("Bob Two", 102, WRONG)):
        folder = grader.folder / "class" / f"{name}_{number}_assignsubmission_file"
        folder.mkdir(parents=True)
        (folder / "ex42.py").write_text(text)
    grader.write("worksheet.csv", WORKSHEET)
    return grader


def table(grader, *columns, name="out/grades.csv"):
    with (grader.folder / name).open(encoding="utf-8", newline="") as file:
        return [tuple(row[column] for column in columns) for row in csv.DictReader(file)]


def run(grader, *options):
    done = grader.run(*BATCH, *options, timeout=300)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_a_perfect_answer_where_a_part_can_be_shown_alone(handed_in):
    columns = ("status", "points", "maximum", "reachable", "entered")
    grader = handed_in
    held = run(grader, *MOODLE, "--device", "cpu")
    (right, wrong) = table(grader, *columns)
    assert right == ("incomplete", "20", "25", "20", "")
    assert (wrong[0], *wrong[2:]) == ("incomplete", "25", "20", "")
    assert [(one["student"], one["reason"]) for one in held["kept"]] == [
        ("Ada One", "unreachable"),
        ("Bob Two", "unreachable"),
    ]
    (points,) = held["points"]
    assert (points["full"], points["reachable"], points["maximum"]) == (1, 20.0, 25.0)

    scaled = run(grader, *MOODLE, "--device", "cpu", "--unreachable", "scaled")
    assert (scaled["judged"], scaled["kept"]) == (0, []), "a choice judges nobody again"
    assert table(grader, *columns)[0] == ("incomplete", "20", "25", "20", "25")
    entered = float(wrong[1]) * 25 / 20
    assert [float(grade) for (grade,) in table(grader, "Grade", name="out/moodle.csv")] == [
        25,
        entered,
    ]
    assert float(table(grader, "entered")[1][0]) == entered
    settings = json.loads((grader.folder / "out" / "batch.json").read_text())
    assert settings["unreachable"] == "scaled"

    again = run(grader, "--device", "cpu")
    assert (again["judged"], again["unreachable"]) == (0, "scaled"), "what was chosen stays"
    run(grader, "--device", "cpu", "--unreachable", "raw")
    assert table(grader, *columns)[0] == ("incomplete", "20", "25", "20", "20")


def test_a_class_that_another_device_judges_anew(handed_in):
    grader, columns = handed_in, ("points", "maximum", "reachable", "entered")
    book = ("--gradebook", "class.sqlite")
    run(grader, *book, "--device", "cpu", "--unreachable", "scaled")
    on_sim = run(grader, *book, "--device", "sim")
    assert (on_sim["judged"], on_sim["unreachable"]) == (2, "scaled")
    assert table(grader, *columns)[0] == ("25", "25", "25", "25")
    on_cpu = run(grader, *book, *MOODLE, "--device", "cpu", "--unreachable", "held-back")
    assert on_cpu["judged"] == 0
    assert table(grader, *columns)[0] == ("20", "25", "20", "")
    # What the gradebook knows from the device that shows all is the grade.
    assert table(grader, "Grade", name="out/moodle.csv")[0] == ("25",)
    grader.run("gradebook", "csv", *book, "--out", "g.csv")
    assert table(grader, *columns, name="g.csv")[0] == ("25", "25", "25", "25")
    told = grader.run("gradebook", "regrade", *book, "--device", "cpu", "--dry-run", "--json")
    assert all(one["change"] is None for one in json.loads(told.stdout))
