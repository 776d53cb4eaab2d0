"""Copies are seen under other names, and what an exercise forces is nobody's."""

import re

import pytest
from exercises.variants import ROOT
from support.text_blocks import block

from grader.course.loading import Course
from grader.similarity.of_class import _forced
from grader.similarity.pairs import compare, spans
from grader.similarity.tokens import tokens_of

OWN = block("""
    import numpy as np

    # my way
    def f(x, d):
        total = np.zeros(len(x))
        for place, value in enumerate(x):
            total[place] = value * 2 if value > d else -value
        return total[::-1] / max(1, len(total))
""")
COPY = block("""
    import numpy


    def f(inputs, limit):
        '''Return it.'''
        out = np.zeros(len(inputs))

        for i, one in enumerate(inputs):
            # double it
            out[i] = one * 2 if one > limit else -one
        return out[::-1] / max(1, len(out))
""")
OTHER = block("""
    import numpy as np

    def f(x, d):
        doubled = np.where(x > d, 2 * x, -x)
        flipped = np.flip(doubled)
        if not flipped.size:
            return flipped
        return flipped / flipped.size
""")


def test_a_copy_with_other_names_comments_and_layout_is_seen():
    found = compare({"ann": OWN, "ben": COPY, "eve": OTHER}, ())
    (pair,) = found.pairs
    assert {pair.first, pair.second} == {"ann", "ben"}
    assert pair.share == 1
    assert [list(spans(lines)) for lines in pair.lines] == [[(4, 8)], [(4, 11)]]


def test_what_the_exercise_has_itself_is_not_counted():
    found = compare({"ann": OWN, "ben": COPY}, [OWN])
    assert found.pairs == ()
    assert found.too_short == ("ann", "ben")


def test_what_many_have_is_not_counted():
    many = {f"student{n}": OWN for n in range(4)}
    assert compare(many, ()).pairs == ()
    assert len(compare({"ann": OWN, "ben": COPY, "eve": OWN}, ()).pairs) == 3


def test_nothing_is_said_about_short_answers():
    short = block("""
        def f(x):
            return 2 * x
    """)
    found = compare({"ann": short, "ben": short}, ())
    assert found.pairs == ()
    assert found.too_short == ("ann", "ben")


@pytest.mark.parametrize("broken", ["def f(:\n", "'''", "(" * 300, "\x00", "\tx\n y\n", ""])
def test_what_python_cannot_read_is_no_error(broken):
    tokens_of(broken)
    compare({"ann": OWN + broken, "ben": COPY, "eve": broken}, ())


def renamed(source):
    """Return a source with its variables renamed and a comment added."""
    for number, name in enumerate(
        sorted(set(re.findall(r"\b([a-z_]{1,12})\b(?=\s*=[^=])", source)))
    ):
        source = re.sub(rf"\b{name}\b(?!\s*\()", f"other{number}", source)
    return f"{source}\n# copied\n"


@pytest.mark.slow
@pytest.mark.parametrize("id_", ["ex07", "ex13", "ex24", "ex32", "ex35"])
def test_independent_answers_are_no_pairs_and_copies_are(id_):
    exercise = Course(ROOT).exercise(id_)
    folders = (ROOT / "tests" / "solutions" / id_, ROOT / "tests" / "wrong" / id_)
    answers = {
        f"{folder.parent.name}/{path.stem}": path.read_text(encoding="utf-8")
        for folder in folders
        for path in sorted(folder.glob("*.py"))
    }
    forced = _forced(exercise)
    found = compare(answers, forced)
    assert found.pairs == ()
    said = [name for name in answers if name not in found.too_short]
    assert len(said) >= len(answers) / 2
    caught = [
        name
        for name in said
        if any(
            {pair.first, pair.second} == {name, "copy"}
            for pair in compare({**answers, "copy": renamed(answers[name])}, forced).pairs
        )
    ]
    assert len(caught) >= 0.85 * len(said), sorted(set(said) - set(caught))
