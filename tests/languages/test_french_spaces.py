"""No line of French begins with a sign of punctuation: a no-break space stands before it."""

import re
from pathlib import Path

import pytest

from grader.course.prose import read_prose, units

FRENCH = Path(__file__).resolve().parents[2] / "i18n" / "fr"
CODE_OR_FORMULA = re.compile(r"```.*?```|`[^`]*`|\$\$.*?\$\$|\$[^$]*\$", re.DOTALL)
MAY_BREAK = re.compile(r"[ \n][:;?!»](?=\W|$)|«[ \n]")


@pytest.mark.parametrize("file", sorted(FRENCH.glob("ex*.md")), ids=lambda file: file.stem)
def test_french_signs_stand_behind_a_no_break_space(file):
    for unit, text in units(read_prose(file, "fr")).items():
        for form in [text] if isinstance(text, str) else text.values():
            words = CODE_OR_FORMULA.sub("x", form)
            assert not MAY_BREAK.search(words), (unit, words)
