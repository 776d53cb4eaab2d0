"""The prose of an exercise: front matter and prompt, in each language."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import yaml

from grader.course.errors import CourseError
from grader.course.models import ProseFrontMatter
from grader.course.phrases import phrase
from grader.course.yaml_files import Loader, parse_yaml, read_text, validated

if TYPE_CHECKING:
    from collections.abc import Container, Mapping
    from pathlib import Path

    from grader.course.models import Text

_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.*?)^---[ \t]*$\n?(.*)\Z", re.DOTALL | re.MULTILINE)
_BY_QUESTION = ("choices", "items", "key_points", "pictures")
"""The fields of the front matter with texts for each question."""


@dataclass(frozen=True)
class ExerciseProse:
    """The prose of one exercise in one language.

    ``stale`` names the units whose translation is missing or was made from another English text;
    for these, the prose contains the English.
    """

    front: ProseFrontMatter
    prompt: str
    lang: str
    stale: frozenset[str] = frozenset()


def split(text: str, file: Path) -> tuple[str, str]:
    """Return front matter and body of a prose file.

    Raises:
        CourseError: it does not start with a front matter.

    """
    match = _FRONT_MATTER.match(text)
    if match is None:
        what = phrase("there is no front matter")
        advice = phrase("start the file with a line ---, YAML, and a line ---")
        raise CourseError(file, "", what, advice, line=1)
    return match[1], match[2].strip()


def read_prose(file: Path, lang: str) -> ExerciseProse:
    """Return the prose of one file as it is written there.

    Raises:
        CourseError: the file is missing or broken.

    """
    front, prompt = split(read_text(file), file)
    return ExerciseProse(
        validated(ProseFrontMatter, parse_yaml(front, file, 2), file), prompt, lang
    )


def read_title(file: Path) -> str:
    """Return the title of a prose file; if it comes first, nothing else is parsed.

    Raises:
        CourseError: the file is missing or broken.

    """
    front, _ = split(read_text(file), file)
    try:
        events = yaml.parse(front, Loader)
        head = [event for event, _ in zip(events, range(5), strict=False)][3:]
    except yaml.YAMLError:
        head = []
    match head:
        case [yaml.ScalarEvent(value="title"), yaml.ScalarEvent(value=str(title))] if title:
            return title
    return read_prose(file, "").front.title


def units(prose: ExerciseProse) -> dict[str, Text]:
    """Return the separately translated texts of a prose, by unit name."""
    front = prose.front
    found: dict[str, Text] = {"title": front.title, "prompt": prose.prompt}
    found |= {f"checks.{id_}": text for id_, text in front.checks.items()}
    found |= {f"questions.{id_}": text for id_, text in front.questions.items()}
    for group in _BY_QUESTION:
        for question, options in getattr(front, group).items():
            found |= {f"{group}.{question}.{id_}": text for id_, text in options.items()}
    found |= {f"hints.{number}": text for number, text in enumerate(front.hints)}
    found |= {f"feedback.{id_}": text for id_, text in front.feedback.items()}
    found |= {f"observations.{id_}": text for id_, text in front.observations.items()}
    found |= {f"remarks.{id_}": text for id_, text in front.remarks.items()}
    found |= {f"blanks.{id_}": text for id_, text in front.blanks.items()}
    return found


def unit_hash(text: Text) -> str:
    """Return the hash of a text, with which its translations are stamped."""
    plain = (
        text
        if isinstance(text, str)
        else json.dumps(text, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    )
    return hashlib.sha256(plain.encode()).hexdigest()[:8]


def outdated(
    english: Mapping[str, Text], translated: Container[str], source: Mapping[str, str]
) -> frozenset[str]:
    """Return the units without a translation, or with one of another English text."""
    return frozenset(
        name
        for name, text in english.items()
        if name not in translated or source.get(name) != unit_hash(text)
    )


def with_english(english: ExerciseProse, translation: ExerciseProse) -> ExerciseProse:
    """Return a translation in which stale units are English, without superfluous units."""
    texts, translated = units(english), units(translation)
    stale = outdated(texts, translated, translation.front.source)
    chosen = {name: text if name in stale else translated[name] for name, text in texts.items()}
    return _from_units(chosen, translation, stale)


def _from_units(
    texts: dict[str, Text], translation: ExerciseProse, stale: frozenset[str]
) -> ExerciseProse:
    """Assemble units as a prose: the inverse of ``units``."""
    front: dict[str, Any] = {"source": translation.front.source, "hints": []}
    for name, text in texts.items():
        group, _, rest = name.partition(".")
        if group == "hints":
            front["hints"].append(text)
        elif group in _BY_QUESTION:
            question, _, id_ = rest.partition(".")
            front.setdefault(group, {}).setdefault(question, {})[id_] = text
        elif rest:
            front.setdefault(group, {})[rest] = text
        elif name != "prompt":
            front[name] = text
    prompt = texts["prompt"]
    return ExerciseProse(
        ProseFrontMatter.model_validate(front), str(prompt), translation.lang, stale
    )
