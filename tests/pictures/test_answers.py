"""The picture of an answer to ex06, from the judge to the terminal."""

import io
import json
from pathlib import Path

import pytest
from rich.console import Console
from support.text_blocks import block

from grader.cli import pictures
from grader.cli.context import Context
from grader.course.languages import LANGUAGES, Translator
from grader.course.loading import Course
from grader.judge.reading.submission import read_bytes
from grader.judge.run import Judge, Options
from grader.report.audience import for_audience
from grader.report.localise import localise
from grader.report.models import Report
from grader.report.terminal import LINES, render

ROOT = Path(__file__).resolve().parents[2]
CHECK = "test_weight_shapes"
HEAD = block("""
    import numpy as np


    def count_parameters(params):
        return 0


""")
HOSTILE = {
    "no_dictionary": "return [1, 2]",
    "raises": "raise ValueError('no')",
    "empty": "return {}",
    "enormous": (
        "return {f'W{k}': np.broadcast_to(0.0, (10**6, 10**6)) for k in range(1, len(sizes))}"
    ),
    "many_keys": "return {f'W{k}': np.zeros(k % 7) for k in range(200)}",
    "odd_keys": r"return {'\x1b[2J\u202e$\\frac{': np.zeros(2), ('W1',): 1, None: 2, 'W1': np.nan}",
    "nan": "return {'W1': np.full((2, 2), np.nan), 'b1': float('nan'), 'W2': 'text', 'b2': [[]]}",
    "ragged": "return {'W1': np.zeros((1,) * 20), 'b1': np.zeros((0, 3))}",
}


@pytest.fixture(scope="module")
def course():
    return Course(ROOT)


@pytest.fixture(scope="module")
def judged(course):
    """Judge the reference, a misconception and hostile answers; return their reports by name."""
    exercise = course.exercise("ex06")
    sources = {
        "reference": exercise.reference_source,
        "transposed": exercise.misconception_source("weights_transposed"),
        "layer_missing": exercise.misconception_source("layer_missing"),
    }
    sources |= {
        name: f"{HEAD}def build_network(sizes, rng):\n    {line}\n"
        for name, line in HOSTILE.items()
    }
    with Judge(exercise, Options(pictures=True)) as judge:
        handed_in = [read_bytes(text.encode(), "ex06.py", "code") for text in sources.values()]
        reports = [one.report for one in judge.judge_all(handed_in)]
    return dict(zip(sources, reports, strict=True))


def picture(report):
    return next(check.picture for check in report.checks if check.id == CHECK)


def printed(report, *, everything=False, plain=True):
    out = io.StringIO()
    console = Console(file=out, width=80, no_color=plain, highlight=False)
    render(report, console, plain, everything)
    return out.getvalue()


def test_a_right_answer_is_drawn_where_that_is_asked_for(judged, course):
    assert not picture(judged["reference"]).drawing.legend(Translator("en"))
    with Judge(course.exercise("ex06")) as judge:
        source = course.exercise("ex06").reference_source
        report = judge.judge(read_bytes(source.encode(), "ex06.py", "code"))
    assert picture(report) is None


def test_only_checks_with_a_picture_have_one(judged):
    drawn = {check.id for check in judged["transposed"].checks if check.picture is not None}
    assert drawn == {CHECK}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_wrong_network_is_drawn_for_the_call_that_is_shown(judged, course, lang):
    report = localise(judged["transposed"], course, lang)
    shown = picture(report)
    (check,) = [check for check in report.checks if check.id == CHECK]
    assert shown.drawing.misfits
    assert shown.caption.args["sizes"] in check.call.program[0]
    assert shown.caption.args["sizes"] in shown.caption.text
    assert "W1" in shown.alternative
    assert "{{" not in shown.caption.text + shown.alternative


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("plain", [True, False])
def test_it_stands_below_the_first_cause_and_leaves_the_report_on_one_screen(
    judged, course, lang, plain
):
    told = for_audience(localise(judged["transposed"], course, lang), "student", show_calls=True)
    text = printed(told, plain=plain)
    assert "≠W1 (" in text
    assert len(text.splitlines()) <= LINES


def test_all_shows_it_at_its_check(judged, course):
    text = printed(localise(judged["reference"], course, "en"), everything=True)
    assert "-W1 (" in text  # plain lines have no lines drawn
    assert "─" not in text


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_answer_gets_a_bounded_picture_or_none(judged, course, name):
    report = judged[name]
    assert report.run.faults == []
    shown = picture(report)
    assert (shown is None) is (name in {"no_dictionary", "raises"})
    if shown is not None:
        assert len(shown.model_dump_json()) < 4000
    text = printed(localise(report, course, "en"), everything=True)
    assert "\x1b" not in text
    assert "\u202e" not in text


def test_inputs_that_are_secret_are_not_drawn_for_students(judged):
    report = judged["transposed"].model_copy(update={"seed": 1})
    assert picture(for_audience(report, "student", public_seed=2)) is None
    assert picture(for_audience(report, "student", public_seed=2, show_calls=True)) is not None
    assert picture(for_audience(report, "student", public_seed=1)) is not None
    assert picture(for_audience(report, "teacher", public_seed=2)) is not None


def test_a_stored_report_keeps_it_and_leaves_out_a_form_that_it_does_not_know(judged):
    data = json.loads(judged["transposed"].model_dump_json())
    assert picture(Report.model_validate(data)) == picture(judged["transposed"])
    place = next(check for check in data["checks"] if check["id"] == CHECK)
    place["picture"]["drawing"] = {"kind": "of_a_later_version", "sizes": []}
    assert picture(Report.model_validate(data)) is None


def test_files_are_written_where_they_are_asked_for(grader):
    source = Path(ROOT, "answers/ex06_build_network/reference.py").read_text(encoding="utf-8")
    grader.write("ex06.py", source)
    done = grader.run("grade", "ex06", "ex06.py", "--pictures", "drawn")
    assert done.returncode == 0, done.stderr
    names = [f"drawn/ex06_network.{kind}" for kind in ("png", "svg", "txt")]
    assert done.stdout.splitlines()[-1] == f"Picture: {', '.join(names)}"
    assert all((grader.folder / name).is_file() for name in names)


def test_programs_read_json_alone(grader):
    grader.write("ex06.py", f"{HEAD}def build_network(sizes, rng):\n    return 1\n")
    done = grader.run("grade", "ex06", "ex06.py", "--pictures", "drawn", "--json")
    assert json.loads(done.stdout)["exercise"]["id"] == "ex06"
    assert done.stderr.splitlines()[-1] == "There is no picture of this answer."
    assert not (grader.folder / "drawn").exists()


def test_a_stored_report_is_drawn_in_another_language(grader, judged):
    grader.write("report.json", judged["transposed"].model_dump_json())
    options = ("--pictures", "drawn", "--lang", "ru", "--audience", "student")
    done = grader.run("report", "report.json", *options)
    assert done.returncode == 0, done.stderr
    words = (grader.folder / "drawn/ex06_network.txt").read_text(encoding="utf-8")
    assert words.startswith("Ваша сеть для sizes = [")


def test_pictures_go_with_one_exercise(grader):
    done = grader.run("grade", "--pictures", "drawn")
    assert done.returncode == 2
    assert "--pictures goes with one exercise: name it." in done.stderr


def test_a_folder_that_cannot_be_made_is_told(grader):
    grader.write("drawn", "a file")
    done = grader.run("show", "ex08", "--pictures", "drawn")
    assert done.returncode == 2
    assert "drawn is a file; name a folder." in done.stderr


@pytest.fixture
def context(monkeypatch):
    """What a command knows where matplotlib is not installed."""
    monkeypatch.setattr(pictures, "available", lambda: False)
    return Context("en")


def test_without_matplotlib_it_is_shown_as_text(context, judged, course, tmp_path, capsys):
    report = localise(judged["reference"], course, "en")
    pictures.show_answer(context, tmp_path / "drawn", report)
    caption, top, below, advice = capsys.readouterr().out.splitlines()
    assert caption.startswith("Your network for `sizes = [")
    assert "─W1 (" in top
    assert "b1 (" in below
    assert advice == (
        "Files of pictures need matplotlib, which is not installed: "
        "pip install 'nn-grader[pictures]'"
    )
    assert not (tmp_path / "drawn").exists()


def test_where_there_is_none_that_is_said(context, judged, course, tmp_path, capsys):
    pictures.show_answer(context, tmp_path, judged["no_dictionary"])
    pictures.show_task(context, tmp_path, course.exercise("ex11"))
    assert capsys.readouterr().out.splitlines() == [
        "There is no picture of this answer.",
        "ex11 has no picture of its task.",
    ]
