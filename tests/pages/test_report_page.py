"""A report as a page: one file, nothing to fetch, and a stranger's text is never markup."""

import importlib.util
import io
import re
from html.parser import HTMLParser

import pytest
from rich.console import Console
from support import samples
from support.languages import LANGUAGES
from support.text_blocks import block

from grader.cli.context import Context
from grader.cli.options import LocalisedUsageError
from grader.cli.page import require_pages
from grader.course.loading import Course
from grader.course.locate import builtin_root
from grader.course.markup import pieces
from grader.course.prose import units
from grader.pages.prose import as_html, line_as_html
from grader.pages.report_page import report_page
from grader.report.localise import localise
from grader.report.terminal import render
from grader.report.view import view

TAGS = {
    *("html", "head", "meta", "title", "style", "body", "main", "section", "div", "span"),
    *("h1", "h2", "h3", "p", "pre", "code", "em", "strong", "br", "ul", "ol", "li"),
    *("table", "thead", "tbody", "tr", "th", "td", "figure", "figcaption", "img"),
}
HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "[here](javascript:alert(1)) ![](http://example.org/x.png) <http://example.org>",
    "`</code><script>` $</math><script>alert(1)</script>$ $$\\href{javascript:1}{x}$$",
    "{{ 7 * 7 }} {% include 'style.css' %} {# #}",
    '" onmouseover="alert(1)',
    "]]> --> </style><script>",
    block("""
        # no heading

        ---

        > no quotation

            no block"""),
    "\\def\\a{\\a}$\\a$ $" + "{" * 400 + "$",
]


class Seen(HTMLParser):
    """All tags with their attributes, and the text between them."""

    def __init__(self, page):
        super().__init__()
        self.tags, self.text, self.open = [], "", []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag not in {"meta", "img", "br"}:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.text += data


def require_harmless(page):
    """Fail where a page holds what could run, or be fetched; return what it shows."""
    seen = Seen(page)
    assert seen.open == []
    inside_math = False
    for tag, attributes in seen.tags:
        inside_math = tag == "math" or (inside_math and tag.startswith("m"))
        assert tag in TAGS or inside_math, tag
        assert not [name for name in attributes if name.startswith("on")]
        assert "href" not in attributes
        if "src" in attributes:
            assert attributes["src"].startswith("data:image/svg+xml;base64,")
    return seen


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


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_sentence_is_text(text):
    require_harmless(str(as_html(text)))
    require_harmless(str(line_as_html(text)))


def formulas(lang):
    for exercise in Course(builtin_root()).exercises():
        for text in units(exercise.written_prose(lang)).values():
            for form in [text] if isinstance(text, str) else text.values():
                yield from (one for one in pieces(form) if one.kind in {"formula", "display"})


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_formula_of_the_course_becomes_mathml(lang):
    sources = {one.source for one in formulas(lang)}
    assert len(sources) > 100
    assert [one for one in sorted(sources) if "<math" not in as_html(one)] == []


def test_a_formula_that_no_converter_knows_is_readable_text():
    assert "<code>" in as_html("$\\begin{aligned} a & b$")


def test_a_page_without_pictures_has_them_as_text(grader, monkeypatch):
    report, _ = grader.grade("ex06", TRANSPOSED, "--all")
    shown = localise(report, Course(builtin_root()), "en")
    assert "data:image/svg+xml" in report_page(shown)
    monkeypatch.setattr("grader.pages.report_page.available", lambda: False)
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
