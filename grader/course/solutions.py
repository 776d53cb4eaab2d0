"""Explanations of right answers for students who have found one: a prose file of their own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from grader.course import prose
from grader.course.models import SolutionProse, StyleProse
from grader.course.yaml_files import parse_yaml, read_text, validated

if TYPE_CHECKING:
    from pathlib import Path

    from grader.course.loading import LoadedExercise

SUFFIX = ".solution.md"
UNITS = "solution."
_EXPLANATION = f"{UNITS}explanation"
STYLES, QUESTIONS = f"{UNITS}styles.", f"{UNITS}questions."


@dataclass(frozen=True)
class Solution:
    """The explanation of the right answers to one exercise in one language.

    ``explanation`` is that of the reference, or of a quiz as a whole. ``stale`` is as in
    ``ExerciseProse``.
    """

    front: SolutionProse
    explanation: str
    stale: frozenset[str] = frozenset()


def is_explained(loaded: LoadedExercise) -> bool:
    """Return True if an author has explained the right answers, at least in English."""
    return loaded.solution_file("en").is_file()


def read_solution(file: Path) -> Solution:
    """Return the explanation in a file.

    Raises:
        CourseError: the file is missing or broken.

    """
    front, body = prose.split(read_text(file), file)
    return Solution(validated(SolutionProse, parse_yaml(front, file, 2) or {}, file), body)


def solution(loaded: LoadedExercise, lang: str) -> Solution:
    """Return the explanation to show: English if the translation is missing or outdated.

    It is empty if nothing is explained.

    Raises:
        CourseError: a file is broken.

    """
    if not is_explained(loaded):
        return Solution(SolutionProse(), "")
    english = read_solution(loaded.solution_file("en"))
    if lang == "en":
        return english
    file = loaded.solution_file(lang)
    translation = read_solution(file) if file.is_file() else Solution(SolutionProse(), "")
    return _with_english(english, translation)


def units(written: Solution) -> dict[str, str]:
    """Return the separately translated texts of an explanation, by unit name."""
    found = {_EXPLANATION: written.explanation} if written.explanation else {}
    for name, style in written.front.styles.items():
        found |= {f"{STYLES}{name}.title": style.title, f"{STYLES}{name}.text": style.text}
    found |= {f"{QUESTIONS}{id_}": text for id_, text in written.front.questions.items()}
    return found


def needed_units(loaded: LoadedExercise) -> set[str]:
    """Return the units that the files of an exercise require."""
    if loaded.model.kind != "code":
        return {f"{QUESTIONS}{question.id}" for question in loaded.quiz.questions}
    parts = ("title", "text")
    return {
        _EXPLANATION,
        *(f"{STYLES}{name}.{part}" for name in loaded.style_sources for part in parts),
    }


def _with_english(english: Solution, translation: Solution) -> Solution:
    """Return a translation in which stale units are English, without superfluous units."""
    texts, translated = units(english), units(translation)
    stale = prose.outdated(texts, translated, translation.front.source)
    chosen = {name: text if name in stale else translated[name] for name, text in texts.items()}
    front = SolutionProse(
        styles={
            name: StyleProse(
                title=chosen[f"{STYLES}{name}.title"], text=chosen[f"{STYLES}{name}.text"]
            )
            for name in english.front.styles
        },
        questions={id_: chosen[f"{QUESTIONS}{id_}"] for id_ in english.front.questions},
    )
    return Solution(front, chosen.get(_EXPLANATION, ""), stale)
