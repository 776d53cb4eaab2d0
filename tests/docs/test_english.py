"""Docstrings and comments of grader/ are written in the field's English.

Each pattern refuses a phrase that needs a second reading, with the usual one beside it. Code
between backticks is left out, and so are the models whose docstrings the JSON Schemas publish.
"""

import ast
import io
import re
import tokenize
from pathlib import Path

import pytest
from support.text_blocks import block

ROOT = Path(__file__).resolve().parents[2]
PUBLISHED = {"grader/course/models.py", "grader/report/models.py"}

USUAL = {
    r"\btell whether\b": 'in a predicate: "Return True if …"',
    r"\b(return|yield) what\b": "name what is returned: the key, the path, the message",
    r"\bwho(m|so)?ever\b": "name the person or the process",
    r"\bshut(s|ting)? (\w+ ){0,3}(off|in)\b": "isolate, sandbox",
    r"\bpowers (of|that|to|are|come)\b|\bwithout powers\b": "capabilities",
    r"\brooms\b": "packages",
    r"\bprocess(es)?('s|')? (own )?numbers?\b": "process ID",
    r"\bbears?\b": "has",
    r"\bmend(s|ed|ing)?\b": "fix, repair, correct",
    r"\bstands?\b(?! (for|in|out)\b|-)": "is written, is located, is",
    r"\blies\b|\blie (in|flat|below|above|beside|around|there|side)\b": "is, is located",
    r"\b(tells?|told) of\b|\b(is|are|was|were) told\b": "lists, reports, is reported",
    r"\b(is|are|was|were) not here\b": "is not installed, is missing",
    r"\bgoe?s? on in\b": "continues in",
    r"\bperhaps\b": "may",
    r"\bpolite\b|\bkindly\b|\bevening\b": "say the mechanism",
    r"\bfirst to go\b": "say the mechanism",
    r"^so (many|much|deep)\b": "name the quantity and its unit",
    r"(?-i:\bRaises [A-Z]\w+)|\braises (?-i:[A-Z])\w+(, \w+)* (where|when|if|unless)\b": (
        'a block "Raises:" with a line for each exception'
    ),
}


def docstrings(tree):
    """Yield line and text of each docstring, those of attributes and constants included."""
    for node in ast.walk(tree):
        body = getattr(node, "body", None)
        for statement in body if isinstance(body, list) else ():
            if (
                isinstance(statement, ast.Expr)
                and isinstance(statement.value, ast.Constant)
                and isinstance(statement.value.value, str)
            ):
                yield statement.lineno, statement.value.value


def comments(source):
    """Yield line and text of each comment; adjacent lines of comments are one."""
    block, last, column = [], 0, 0
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type != tokenize.COMMENT:
            continue
        line, at = token.start
        text = token.string.lstrip("#").strip()
        if block and line == last + 1 and at == column:
            block.append(text)
        else:
            if block:
                yield last - len(block) + 1, " ".join(block)
            block = [text]
        last, column = line, at
    if block:
        yield last - len(block) + 1, " ".join(block)


def refused(source):
    """Yield line, phrase and the usual words of each refused phrase in a source."""
    for line, text in [*docstrings(ast.parse(source)), *comments(source)]:
        prose = " ".join(re.sub(r"``[^`]*``|`[^`]*`", "", text).split())
        for pattern, usual in USUAL.items():
            found = re.search(pattern, prose, re.IGNORECASE)
            if found:
                yield line, found[0], usual


def test_docstrings_and_comments_use_the_fields_words():
    found = [
        f"{path.relative_to(ROOT)}:{line}: {phrase!r}: {usual}"
        for path in sorted((ROOT / "grader").rglob("*.py"))
        if path.relative_to(ROOT).as_posix() not in PUBLISHED
        for line, phrase, usual in refused(path.read_text(encoding="utf-8"))
    ]
    assert found == []


@pytest.mark.parametrize(
    ("source", "phrase"),
    [
        (
            block('''
                def f():
                    """Tell whether it is."""
            '''),
            "Tell whether",
        ),
        (
            block('''
                def f():
                    """Return
                    what sorts files."""
            '''),
            "Return what",
        ),
        ("x = 1  # for whoever asks\n", "whoever"),
        ("# What lies\n# below is closed.\n", "lies"),
        ("x = 1  # where it stands\n", "stands"),
        ('MOST = 3\n"""So many are kept."""\n', "So many"),
        ('"""How a process is shut off."""\n', "shut off"),
        (
            block('''
                class A:
                    """A file. Raises OSError."""
            '''),
            "Raises OSError",
        ),
        (
            block('''
                class A:
                    """It raises OSError where it is missing."""
            '''),
            "raises OSError where",
        ),
        ("# The folders that it tells of.\n", "tells of"),
        ("# A polite kill.\n", "polite"),
    ],
)
def test_a_refused_phrase_is_found_in_every_place(source, phrase):
    assert [found for _, found, _ in refused(source)] == [phrase]


@pytest.mark.parametrize(
    "source",
    [
        block('''
            def mended():
                """Return ``mended`` text: see `whoever`."""
        '''),
        'x = "Tell whether it stands"\n',
        "# A stand-in, which stands for another, and stands in for it.\n",
        block('''
            def f():
                """Read it.

                Raises:
                    OSError: it is missing.

                """
        '''),
    ],
)
def test_code_and_usual_words_pass(source):
    assert list(refused(source)) == []
