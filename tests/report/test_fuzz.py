"""Reports with hostile texts, or from nowhere: shown in every language, and steering nothing."""

import json
import re

import hypothesis.strategies as st
import pytest
from hypothesis import given
from pydantic import ValidationError
from support import samples
from support.languages import LANGUAGES

from grader.course.plain_text import markdown_to_text
from grader.report.audience import for_audience
from grader.report.clean import clean, clean_argument
from grader.report.localise import localise
from grader.report.messages import CATALOGUE, sentence
from grader.report.models import Report

STEERING = re.compile(
    "[\0-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff]"
)
COLOUR = re.compile(r"\x1b\[[0-9;]*m")
pieces = st.sampled_from(
    [
        *("\x1b[2J", "\x1b]0;t\x07", "\x9b31m", "\x90q", "\x1b", "\u202e", "\u2066", "\r", "\n"),
        *(
            "[bold]",
            "[/]",
            "[link=x]",
            ":smile:",
            "{{n}}",
            "{{detail}}",
            "{{",
            "}}",
            "%s",
            "\ud800",
        ),
        *("$", "$$", "`", "```\n", "\\frac{", "}{", "}", "\\begin{matrix}", "&", "\\\\", "_", "^"),
        *(
            "\\left(",
            "~",
            "#",
            "| ",
            "- ",
            "1. ",
            "    ",
            "PASS ",
            "\u2028",
            "\u200d",
            "👩‍👩‍👧",
            "x" * 90,
        ),
        *("\\text{", "\\hat", "\\", "\\mathbb", "<b>", "**", "e\u0301", "表", "\0", "\t"),
    ]
)
hostile = st.lists(pieces | st.text(max_size=3), max_size=12).map("".join)
scalars = st.one_of(
    hostile,
    st.none(),
    st.booleans(),
    st.integers(-(10**400), 10**400),
    st.integers(-5, 5),
    st.floats(),
)
arguments = st.dictionaries(
    st.sampled_from(
        [
            *("n", "line", "where", "detail", "type", "function", "check", "reached", "maximum"),
            *("megabytes", "seconds", "count", "got", "expected", "error", "allowed", "text"),
            *("file", "limit"),
        ]
    ),
    scalars,
)


def all_places(tree, path=()):
    """Return the path of every value in a tree."""
    if isinstance(tree, dict | list):
        items = tree.items() if isinstance(tree, dict) else enumerate(tree)
        return [path, *(place for key, one in items for place in all_places(one, (*path, key)))]
    return [path]


def put(tree, path, value):
    for key in path[:-1]:
        tree = tree[key]
    tree[path[-1]] = value


@given(data=st.data())
def test_an_altered_report_is_refused_or_shown_without_steering(data, course, printed):
    tree = json.loads(samples.mixed().model_dump_json())
    tree["text_hash"] = course.exercise("ex11").text_hash
    for _ in range(data.draw(st.integers(1, 4))):
        path = data.draw(st.sampled_from(all_places(tree)[1:]))
        put(tree, path, data.draw(hostile | scalars))
    text = json.dumps(tree).encode("utf-8", "replace")
    try:
        report = Report.model_validate_json(text)
    except ValidationError:
        return
    lang = data.draw(st.sampled_from(LANGUAGES))
    audience = data.draw(st.sampled_from(["student", "teacher"]))
    shown = for_audience(localise(report, course, lang), audience)
    Report.model_validate_json(shown.model_dump_json())
    width = data.draw(st.integers(1, 120))
    encoding = data.draw(st.sampled_from(["utf-8", "ascii", "cp1252", "cp866"]))
    for is_plain in (True, False):
        seen = printed(shown, plain=is_plain, width=width, encoding=encoding)
        assert not STEERING.search(seen if is_plain else COLOUR.sub("", seen))


@given(st.sampled_from(sorted(CATALOGUE)), arguments, st.sampled_from(LANGUAGES))
def test_any_arguments_make_a_sentence(id_, args, lang):
    kept = {name: clean_argument(value) for name, value in args.items()}
    text = sentence(id_, kept, lang)
    assert text
    assert not STEERING.search(clean(text))


@given(st.text() | hostile | st.text("\x1b[]P\x90\x9b\x07\x9c;0m"), st.integers(1, 200))
def test_what_is_clean_stays_so_and_is_short(text, limit):
    once = clean(text, limit)
    assert not STEERING.search(once)
    assert len(once) <= limit
    assert clean(once, limit) == once
    once.encode()


@given(hostile, st.integers(1, 100), st.sampled_from(["utf-8", "ascii", "cp1251", "no such"]))
def test_any_text_is_laid_out(text, width, encoding):
    laid_out = markdown_to_text(clean(text), width, encoding)
    assert not STEERING.search(laid_out)


@pytest.mark.parametrize(
    "text",
    [
        *("\x90" * 300_000, "\x1b]" * 200_000, "\x9b0" * 200_000, "\x1b[" * 200_000),
        *("\x1b[" + "0" * 400_000, "\x1b" + " " * 400_000, "\r" * 400_000),
    ],
    ids=lambda text: repr(text[:3]),
)
def test_a_long_text_is_clean_in_a_moment(text, soon):
    with soon():
        assert not STEERING.search(clean(text, len(text)))


@pytest.mark.parametrize(
    "text",
    [
        *(
            "$" + "\\frac{" * 1300 + "$",
            "$" + "{" * 8000 + "$",
            "$" + "a_" * 4000 + "$",
            "`" * 8000,
        ),
        *("$a" * 4000, "```\n" * 2000, "~~~" * 2500, " " * 8000 + "x", ("x" * 50 + "\n") * 150),
    ],
    ids=lambda text: repr(text[:12]),
)
def test_a_long_text_is_laid_out_in_a_moment(text, soon):
    with soon():
        markdown_to_text(clean(text))
