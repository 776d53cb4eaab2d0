"""The first lines that a student reads, in three languages, as a person has reviewed them.

After a change of texts: `python -m pytest tests/reading --renew`, then read the difference.
"""

from pathlib import Path

import pytest
from support.languages import LANGUAGES
from support.sections import sections, written

HERE = Path(__file__).parent
ANSWERS = sorted((HERE / "answers").glob("ex*.txt"))
FIRST = 4
SLOW = " (slow)"


def cases():
    """Yield an exercise with what takes long of it, or all the rest."""
    for path in ANSWERS:
        titles = list(sections(path))
        for slow in (False, True):
            chosen = [title for title in titles if title.endswith(SLOW) is slow]
            if chosen:
                marks = [pytest.mark.slow] if slow else []
                yield pytest.param(path, chosen, marks=marks, id=f"{path.stem}{SLOW * slow}")


@pytest.mark.parametrize(("path", "titles"), list(cases()))
def test_the_first_lines_are_those_that_were_reviewed(path, titles, judged, read, renew):
    answers = sections(path)
    reports = judged(path.stem, {title: answers[title] for title in titles})
    for lang in LANGUAGES:
        found = {
            title: "\n".join(line.rstrip() for line in read(report, lang)[1][:FIRST]) + "\n"
            for title, report in reports.items()
        }
        reviewed = HERE / "reviewed" / lang / path.name
        if renew:
            kept = sections(reviewed) if reviewed.exists() else {}
            known = {**kept, **found}
            reviewed.parent.mkdir(parents=True, exist_ok=True)
            in_order = {title: known[title] for title in answers if title in known}
            reviewed.write_text(written(in_order), encoding="utf-8")
        known = sections(reviewed)
        assert found == {title: known.get(title) for title in titles}


def test_every_answer_was_reviewed_in_every_language():
    for path in ANSWERS:
        for lang in LANGUAGES:
            assert list(sections(HERE / "reviewed" / lang / path.name)) == list(sections(path))
