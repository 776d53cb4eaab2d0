"""Every formula of the course becomes MathML that an XML parser reads, without TeX left in it."""

import re
from xml.etree import ElementTree as ET

import pytest
from support.languages import LANGUAGES

from grader.course import prose, solutions
from grader.course.languages import Translator
from grader.course.loading import Course
from grader.course.locate import builtin_root
from grader.course.markup import pieces
from grader.course.solution_page import solution_page
from grader.pages.prose import as_html
from grader.report.messages import CATALOGUE

MATH = "{http://www.w3.org/1998/Math/MathML}math"
COMMAND = re.compile(r"\\([A-Za-z]+)")
# Names of commands that are words of a formula as well: \log x is written "log x".
WORDS = {*("log", "ln", "exp", "max", "min", "sin", "tanh", "lim", "det", "Pr", "arg", "in", "to")}


def texts(lang):
    """Yield every text of the course and of the grader in a language."""
    for exercise in Course(builtin_root()).exercises():
        yield from prose.units(exercise.written_prose(lang)).values()
        if exercise.solution_file(lang).is_file():
            yield from solutions.units(
                solutions.read_solution(exercise.solution_file(lang))
            ).values()
        yield solution_page(exercise, lang)
    yield from Course(builtin_root()).prose(lang).sections.values()
    t = Translator(lang)
    for id_, template in CATALOGUE.items():
        yield t.template(id_, template.other)


def parsed(text):
    return ET.fromstring(f"<page>{as_html(text)}</page>")  # noqa: S314 - just made here


def formulas(lang):
    found = {
        one.source: one
        for text in texts(lang)
        for form in ([text] if isinstance(text, str) else text.values())
        for one in pieces(form)
        if one.kind in {"formula", "display"}
    }
    return list(found.values())


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_formula_becomes_mathml(lang):
    found = formulas(lang)
    assert len(found) > 200
    for one in found:
        page = parsed(one.source)
        math = page.findall(f".//{MATH}")
        assert len(math) == 1, one.source
        assert page.findall(".//code") == [], one.source
        shown = "".join(math[0].itertext())
        assert not {"\\", "&", "$", "^", "_"} & {*shown}, one.source
        left = {name for name in COMMAND.findall(one.content) if len(name) > 1} - WORDS
        leaves = {text for element in math[0].iter() for text in [element.text] if text}
        assert not left & leaves, one.source
        wide = one.kind == "display"
        assert math[0].get("display") == ("block" if wide else "inline")


@pytest.mark.parametrize(
    "latex",
    [
        "\\begin{aligned} a &= b \\\\ c &= d \\end{aligned}",
        "\\begin{cases} 1 & x \\\\ 0 \\end{cases}",
    ],
)
def test_formulas_of_several_lines_are_tables(latex):
    page = parsed(f"$${latex}$$")
    assert len(page.findall(".//{*}mtr")) == 2


@pytest.mark.parametrize("latex", ["a & b", "\\text{a & b}", "\\begin{aligned} a & b", "\\no{x}"])
def test_a_formula_that_the_converter_leaves_unread_is_readable_text(latex):
    page = parsed(f"${latex}$")
    assert page.findall(f".//{MATH}") == []
    assert page.findtext(".//code")
