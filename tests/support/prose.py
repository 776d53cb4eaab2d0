"""All that people read: the texts of the course and of the program, language by language."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import zip_longest
from pathlib import Path

from babel.messages.pofile import read_po

from grader.course import solutions
from grader.course.loading import Course, LoadedExercise
from grader.course.models import Text
from grader.course.prose import units

ROOT = Path(__file__).resolve().parents[2]
Translated = tuple[str, str, str]
"""Place, English, translation."""
Forms = Text | Sequence[str]
"""A text, or several forms of one."""
CODE = "⌘"  # what stands for code and formulas in `words`
_CODE = re.compile(r"```.*?```|`[^`]*`|\$\$.*?\$\$|\$[^$]*\$", re.DOTALL)


def words(text: str) -> str:
    """Return a text without its code and formulas."""
    return _CODE.sub(CODE, text)


def texts(lang: str) -> Iterator[Translated]:
    """Yield place, English and translation of every text of the course and of the catalogue."""
    yield from of_exercises(lang)
    yield from of_catalogue(lang)


@cache
def of_exercises(lang: str) -> list[Translated]:
    """Return place, English and translation of every text of the exercises."""
    return [
        (f"{exercise.name} {name}", english, translated)
        for exercise in Course(ROOT).exercises()
        for name, text in _units(exercise, "en").items()
        for english, translated in _pairs(text, _units(exercise, lang)[name])
    ]


@cache
def _units(exercise: LoadedExercise, lang: str) -> dict[str, Text]:
    """Return the texts of an exercise in a language, those of its explained solution as well."""
    found = units(exercise.prose(lang))
    if solutions.is_explained(exercise):
        found |= solutions.units(solutions.read_solution(exercise.solution_file(lang)))
    return found


@cache
def of_catalogue(lang: str) -> list[Translated]:
    """Return place, English and translation of every message of the program."""
    path = ROOT / "i18n" / ("fr" if lang == "en" else lang) / "LC_MESSAGES" / "grader.po"
    with path.open("rb") as file:
        messages = [message for message in read_po(file) if message.id]
    return [
        (f"{path.name} {message.context or english}", english, translated)
        for message in messages
        for english, translated in _pairs(
            message.id, message.id if lang == "en" else message.string or ""
        )
    ]


def _pairs(english: Forms, translated: Forms) -> Iterator[tuple[str, str]]:
    """Pair forms of a text; where the translation has more, the last English one is repeated."""
    forms, others = (_forms(text) for text in (english, translated))
    return zip_longest(forms, others, fillvalue=forms[-1])


def _forms(text: Forms) -> list[str]:
    if isinstance(text, str):
        return [text]
    return list(text.values() if isinstance(text, dict) else text)
