"""What the tests of reports share: sample reports, and a course of one exercise."""

import io

import pytest
from rich.console import Console

from grader.course.loading import Course
from grader.report.terminal import render

EXERCISE = """\
format: 1
id: ex11
slug: softmax
section: errors
kind: code
functions: {softmax: [x]}
checks: {test_one_sample: 2, test_batch: 3}
misconceptions: [axis_zero]
remarks: [loop]
"""
INDEX = """\
format: 1
id: nn
seed: 17
languages: [en, fr, ru]
sections: [{id: errors, exercises: [ex11_softmax]}]
"""
ENGLISH = """\
---
title: Softmax
checks: {test_one_sample: One sample, test_batch: "A batch, row by row"}
feedback:
  axis_zero: You sum over the wrong axis. Sum each row.
  rows:
    one: "{{n}} row is wrong."
    other: "{{n}} rows are wrong."
remarks: {loop: A loop works; indexing is shorter.}
---
Write softmax.
"""
# Each unit carries the hash of the English it was made from; a missing one falls back to English.
RUSSIAN = """\
---
title: Софтмакс
checks: {test_one_sample: Один пример, test_batch: "Пакет, строка за строкой"}
feedback:
  axis_zero: Вы суммируете не по той оси. Суммируйте по строкам.
  rows:
    one: "{{n}} строка неверна."
    few: "{{n}} строки неверны."
    many: "{{n}} строк неверно."
    other: "{{n}} строки неверно."
remarks: {loop: Цикл работает; индексация короче.}
source:
"""


@pytest.fixture
def course(tmp_path):
    """A course of one exercise in English and Russian."""
    from grader.course.prose import read_prose, unit_hash, units  # noqa: PLC0415

    folder = tmp_path / "exercises" / "ex11_softmax"
    folder.mkdir(parents=True)
    (folder / "exercise.yaml").write_text(EXERCISE, encoding="utf-8")
    (tmp_path / "exercises" / "course.yaml").write_text(INDEX, encoding="utf-8")
    for lang in ("en", "ru"):
        (tmp_path / "i18n" / lang).mkdir(parents=True)
    english = tmp_path / "i18n" / "en" / "ex11_softmax.md"
    english.write_text(ENGLISH, encoding="utf-8")
    hashes = {unit: unit_hash(text) for unit, text in units(read_prose(english, "en")).items()}
    source = "".join(f'  {unit}: "{digest}"\n' for unit, digest in hashes.items())
    russian = f"{RUSSIAN}{source}---\nНапишите softmax.\n"
    (tmp_path / "i18n" / "ru" / "ex11_softmax.md").write_text(russian, encoding="utf-8")
    return Course(tmp_path)


@pytest.fixture
def printed():
    """Return what a terminal, or a pipe when plain, gets to see of a report."""

    def printed(report, *, plain=True, width=80, encoding="utf-8", everything=False):
        raw = io.BytesIO()
        file = io.TextIOWrapper(raw, encoding=encoding, write_through=True)
        console = Console(
            file=file,
            width=width,
            force_terminal=not plain,
            no_color=plain or None,
            highlight=False,
            color_system=None if plain else "standard",
        )
        render(report, console, plain, everything)
        return raw.getvalue().decode(encoding)

    return printed
