"""A report as a page: one file, nothing to fetch, and a stranger's text is never markup."""

import importlib.util
import io
import re

import pytest
from rich.console import Console
from support import samples
from support.languages import LANGUAGES
from support.pages import HOSTILE, require_harmless

from grader.cli.context import Context
from grader.cli.options import LocalisedUsageError
from grader.cli.page import require_pages
from grader.course.loading import Course
from grader.course.locate import builtin_root
from grader.pages.prose import as_html, line_as_html
from grader.pages.report_page import report_page
from grader.report.localise import localise
from grader.report.terminal import render
from grader.report.view import view


def a_report(lang="en"):
    return localise(samples.mixed(), None, lang)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_page_shows_every_check_that_a_terminal_shows(lang):
    report = a_report(lang)
    file = io.StringIO()
    render(report, Console(file=file, width=100, no_color=True), plain=True, everything=True)
    seen = require_harmless(report_page(report, everything=True))
    assert seen.tags[0] == ("html", {"lang": lang})
    words = re.findall(r"[^\W\d_]{4,}", file.getvalue())
    assert [word for word in words if word not in seen.text] == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_page_has_room_for_every_cause(lang):
    report = a_report(lang)
    seen = require_harmless(report_page(report))
    classes = [attributes.get("class", "") for _, attributes in seen.tags]
    causes = view(report).causes
    assert len(causes) > 1
    assert len([names for names in classes if names.startswith("entry cause ")]) == len(causes)


@pytest.mark.parametrize("text", HOSTILE)
def test_what_a_submission_brings_is_never_markup(text):
    report = a_report()
    report.exercise.title = text
    report.output.text = text
    for check in report.checks:
        check.title = text
        for message in check.feedback:
            message.text = text
    for cause in report.causes:
        for message in cause.feedback if hasattr(cause, "feedback") else ():
            message.text = text
    report.next = samples.message("next.mend")
    report.next.text = text
    for everything in (False, True):
        require_harmless(report_page(report, everything=everything))


def test_an_empty_cell_heads_nothing():
    table = str(as_html("| | a |\n|-|-:|\n| b | c |"))
    assert "<th></th>" not in table
    assert table.count("<td></td>") == 1
    assert '<th class="right">a</th>' in table


def test_a_no_break_space_stays_one():
    assert str(line_as_html("Points\u00a0:\n 2")) == "Points\u00a0: 2"


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_sentence_is_text(text):
    require_harmless(str(as_html(text)))
    require_harmless(str(line_as_html(text)))


def test_a_page_without_pictures_has_them_as_text(grader, monkeypatch):
    report, _ = grader.grade("ex06", TRANSPOSED, "--all")
    shown = localise(report, Course(builtin_root()), "en")
    assert "data:image/svg+xml" in report_page(shown)
    monkeypatch.setattr("grader.pages.environment.available", lambda: False)
    page = report_page(shown)
    assert "data:image" not in page
    assert "W1 (2, 5)" in page


TRANSPOSED = """
import numpy as np


def build_network(sizes, rng):
    params = {}
    for k, (a, b) in enumerate(zip(sizes, sizes[1:]), 1):
        params[f"W{k}"] = rng.normal(size=(b, a))
        params[f"b{k}"] = np.zeros(b)
    return params


def count_parameters(params):
    return sum(value.size for value in params.values())
"""


def test_commands_write_a_page(grader):
    grader.write("ex06_build_network.py", TRANSPOSED)
    done = grader.run("grade", "ex06", "--html", "pages/one.html")
    assert done.returncode == 1
    assert done.stdout.endswith("Page: pages/one.html\n")
    page = (grader.folder / "pages/one.html").read_text(encoding="utf-8")
    assert "data:image/svg+xml;base64," in page
    done = grader.run("grade", "ex06", "--json", "--html", "two.html")
    assert done.stderr == "Page: two.html\n"
    grader.write("report.json", done.stdout)
    done = grader.run("report", "report.json", "--html", "three.html", "--lang", "ru")
    assert done.stdout.endswith("Страница: three.html\n")
    assert '<html lang="ru">' in (grader.folder / "three.html").read_text(encoding="utf-8")


def test_a_page_shows_the_file_with_the_lines_marked(grader):
    grader.write("ex06_build_network.py", TRANSPOSED)
    grader.run("grade", "ex06", "--html", "one.html")
    marked = re.findall(r'<span class="line marked">.*?</span>\n</span>', read(grader, "one.html"))
    assert len(marked) == 1
    assert "def build_network(sizes, rng):" in marked[0]
    assert "FAIL</span> Shapes of the weights" in marked[0]


def test_a_stored_report_is_given_its_file(grader):
    grader.write("ex06_build_network.py", TRANSPOSED)
    stored = grader.run("grade", "ex06", "--json").stdout
    grader.write("report.json", stored)
    show = ("report", "report.json", "--html", "page.html")
    assert grader.run(*show).returncode == 0
    assert "A report does not contain the answer itself." in read(grader, "page.html")
    answer = ("--answer", "ex06_build_network.py")
    assert grader.run(*show, *answer).returncode == 0
    page = read(grader, "page.html")
    assert "A report does not contain" not in page
    assert '<span class="line marked">' in page
    grader.write("ex06_build_network.py", TRANSPOSED + "# mended\n")
    done = grader.run(*show, *answer)
    assert done.returncode == 2
    assert "is not the file that was graded for this report" in done.stderr
    done = grader.run(*show, "--answer", "gone.py")
    assert done.returncode == 2
    assert "gone.py" in done.stderr
    done = grader.run("report", "report.json", *answer)
    assert done.returncode == 2
    assert "--answer goes with --html." in done.stderr


def test_a_file_that_cannot_be_read_has_a_page_that_says_so(grader):
    grader.write("ex11_softmax.py", b"\xff\xfe\x00def")
    done = grader.run("grade", "ex11", "--html", "page.html")
    assert done.returncode == 2
    assert '<pre class="lines"' not in read(grader, "page.html")


def read(grader, name):
    return (grader.folder / name).read_text(encoding="utf-8")


def test_a_page_that_cannot_be_written_is_told(grader):
    grader.write("ex06_build_network.py", TRANSPOSED)
    assert grader.run("grade", "--html", "page.html").returncode == 2
    done = grader.run("grade", "ex06", "--html", ".")
    assert done.returncode == 2
    assert "cannot be written" in done.stderr


def test_without_the_libraries_it_says_what_to_install(monkeypatch):
    known = importlib.util.find_spec
    monkeypatch.setattr(
        importlib.util, "find_spec", lambda name: None if name == "jinja2" else known(name)
    )
    with pytest.raises(LocalisedUsageError, match=r"pip install 'nn-grader\[pages\]'"):
        require_pages(Context("en"))
