"""The graphs of ex20 and ex22, and the heat map of ex18, from the judge to the files."""

import json
import re
from pathlib import Path

import pytest
from support.text_blocks import block

from grader.course.languages import LANGUAGES, Translator
from grader.course.loading import Course
from grader.judge.reading.submission import read_bytes
from grader.judge.run import Judge, Options
from grader.pictures.making import of_task
from grader.report.localise import localise

ROOT = Path(__file__).resolve().parents[2]
NUMBER = re.compile(r"(?<![\w.])-?\d+(?![\w.])")
HEAD = block("""
    class Value:
        def __init__(self, data):
            self.data = data
""")
HOSTILE = {
    "grad_is_a_list": "        self.grad = [1] * 10**5\n",
    "grad_is_nan": "        self.grad = float('nan')\n",
    "no_grad": "",
    "data_is_text": "        self.data = self.grad = '\\x1b[2J' * 10**4\n",
}
REST = """\
    def __add__(self, other):
        return Value(self.data)

    __mul__ = __radd__ = __rmul__ = __add__

    def relu(self):
        return self

    def backward(self):
        pass
"""


@pytest.fixture(scope="module")
def course():
    return Course(ROOT)


@pytest.fixture(scope="module")
def graphs(course):
    """Judge answers to ex22; return the pictures of their checks, by answer and check."""
    exercise = course.exercise("ex22")
    sources = {
        "reference": exercise.reference_source,
        "overwrites": exercise.misconception_source("overwrites"),
    }
    sources |= {name: f"{HEAD}{line}\n{REST}" for name, line in HOSTILE.items()}
    with Judge(exercise, Options(pictures=True)) as judge:
        handed_in = [read_bytes(text.encode(), "ex22.py", "code") for text in sources.values()]
        reports = [one.report for one in judge.judge_all(handed_in)]
    assert [report.run.faults for report in reports] == [[]] * len(reports)
    return {
        name: {check.id: check.picture for check in report.checks}
        for name, report in zip(sources, reports, strict=True)
    }


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("id_", ["first", "second"])
def test_the_task_gives_its_numbers_and_asks_for_the_others(course, lang, id_):
    exercise = course.exercise("ex20")
    drawing = of_task(exercise, lang)[id_].drawing
    given = [value for value in drawing.values if not value.made]
    prompt = exercise.prose(lang).prompt
    for value in given:
        assert f"${value.name} = {value.data}$" in prompt
    assert {value.data for value in drawing.values if value.made} == {"?"}
    assert {value.grad for value in drawing.values} == {"?"}
    told = NUMBER.findall(drawing.alternative(Translator(lang)))
    assert sorted(told) == sorted(value.data for value in given)


def test_a_right_graph_has_no_sign(graphs):
    drawn = graphs["reference"]
    assert sum(picture is not None for picture in drawn.values()) == 5
    assert not any(picture.drawing.misfits for picture in drawn.values() if picture)
    names = [value.title for value in drawn["test_order"].drawing.values]
    assert names == ["x", "y", "p = x + y", "q = p + y", "g = p + q"]


def test_a_wrong_gradient_is_marked_where_it_is(graphs):
    x, g = graphs["overwrites"]["test_used_twice"].drawing.values
    assert (x.grad, x.right_grad) == ("1", "2")
    assert (g.grad, g.right_grad) == ("1", "")
    assert not graphs["overwrites"]["test_product"].drawing.misfits


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_value_is_drawn_within_its_bounds_or_not_at_all(graphs, name):
    for picture in filter(None, graphs[name].values()):
        assert len(picture.model_dump_json()) < 4000
        assert "\x1b" not in picture.drawing.alternative(Translator("en"))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_heat_map_tells_of_which_call_it_is(course, lang):
    exercise = course.exercise("ex18")
    source = exercise.misconception_source("axis_0")
    with Judge(exercise) as judge:
        report = judge.judge(read_bytes(source.encode(), "ex18.py", "code"))
    report = localise(report, course, lang)
    (square,) = [one for one in report.checks if one.id == "test_log_square_batch"]
    assert "(4, 4)" in square.picture.caption.text
    assert square.picture.drawing.wrong == 16
    assert "{{" not in square.picture.alternative


def test_show_lists_the_pictures_for_programs(grader):
    done = grader.run("show", "ex20", "--json", "--pictures", "drawn", "--lang", "fr")
    assert done.returncode == 0, done.stderr
    first, second = json.loads(done.stdout)["pictures"]
    assert (first["id"], second["id"]) == ("first", "second")
    assert first["caption"].startswith("Graphe 1.")
    assert first["drawing"]["kind"] == "computation"
    assert "p = x + y" in first["alternative"]
    assert "ex20_first.png" in done.stderr
    assert json.loads(grader.run("show", "ex11", "--json").stdout)["pictures"] == []


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("overwrites", ["ex22_graph_test_order", "ex22_graph_test_used_twice"]),
        ("depth_first", ["ex22_graph"]),
    ],
)
def test_of_several_checks_those_that_failed_are_written(grader, course, name, written):
    grader.write("ex22.py", course.exercise("ex22").misconception_source(name))
    grader.run("grade", "ex22", "ex22.py", "--pictures", "drawn")
    assert sorted(file.stem for file in (grader.folder / "drawn").glob("*.png")) == written
