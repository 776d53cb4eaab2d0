"""The files of an exercise as a kit holds them: structure and prose without what is left out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import yaml

from grader.course.locate import INDEX
from grader.course.models import CodeExercise
from grader.course.prose import split
from grader.course.yaml_files import Loader, parse_yaml, read_text
from grader.questions.registry import kind_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator
    from pathlib import Path

    from grader.course.loading import Course, LoadedExercise

NOT_SHOWN = "key_points"
"""The texts of the prose that say what a good answer says."""


def course_index(course: Course, names: Collection[str]) -> str:
    """Return course.yaml of a kit with these exercises."""
    data = _data(course.root / INDEX)
    data["kit"] = True
    for section in data["sections"]:
        section["exercises"] = [name for name in section["exercises"] if name in names]
    data["sections"] = [section for section in data["sections"] if section["exercises"]]
    return _text(data)


def course_prose(course: Course, lang: str) -> str | None:
    """Return course.md in a language, with the titles of the sections; None if it is missing."""
    file = course.root / "i18n" / lang / "course.md"
    return read_text(file) if file.is_file() else None


def structure(exercise: LoadedExercise, left_out: Collection[str], known: Collection[str]) -> str:
    """Return exercise.yaml without some checks, and without prerequisites that are not ``known``.

    The choices of a question about an order stand in alphabetical order: there it is the answer.
    """
    data = _data(exercise.folder / "exercise.yaml")
    if "prerequisites" in data:
        data["prerequisites"] = [one for one in data["prerequisites"] if one in known]
    if isinstance(exercise.model, CodeExercise):
        data["checks"] = {id_: one for id_, one in data["checks"].items() if id_ not in left_out}
        own = [name for name in exercise.model.own_implementation if name not in left_out]
        if "own_implementation" in data:
            data["own_implementation"] = own
        pictures = [one for one in exercise.model.pictures if not set(one.check) & set(left_out)]
        if "pictures" in data:
            data["pictures"] = [{"id": one.id, "check": list(one.check)} for one in pictures]
    for question in data.get("questions", ()):
        if kind_of(question["kind"]).orders:
            question["choices"] = sorted(question["choices"])
    return _text(data)


def shown_prose(file: Path, left_out: Collection[str]) -> str:
    """Return a file of prose without the titles of checks left out, and without key points."""
    front, body = split(read_text(file), file)
    data = parse_yaml(front, file, 2)
    data.pop(NOT_SHOWN, None)
    gone = {f"checks.{name}" for name in left_out}
    for field in ("checks", "source"):
        if field in data:
            data[field] = {
                name: text
                for name, text in data[field].items()
                if name not in left_out and name not in gone and not name.startswith(NOT_SHOWN)
            }
    return f"---\n{_text(data)}---\n\n{body}\n"


def copied_files(exercise: LoadedExercise) -> Iterator[Path]:
    """Yield the files of an exercise that a kit holds as they are."""
    names: Iterable[str] = ("stub.py", "drive.py", "pictures.py")
    if isinstance(exercise.model, CodeExercise):
        names = (*names, *(f"given/{name}" for name in exercise.model.given))
    else:
        names = (*names, *(one.listing for one in exercise.model.questions if one.listing))
    for name in dict.fromkeys(names):
        if (exercise.folder / name).is_file():
            yield exercise.folder / name
    yield from exercise.data_files.values()


def languages_of(exercise: LoadedExercise) -> list[str]:
    """Return the languages in which an exercise has prose, English first."""
    every = dict.fromkeys(("en", *exercise.course.index.languages))
    return [lang for lang in every if exercise.prose_file(lang).is_file()]


def _data(file: Path) -> Any:
    return parse_yaml(read_text(file), file)


def _text(data: Any) -> str:
    return yaml.dump(data, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=100)


class _Dumper(yaml.SafeDumper):
    """Quotes what the course's own reader takes for a number, such as the hash 5462e5."""


for _first, _resolvers in Loader.yaml_implicit_resolvers.items():
    for _tag, _pattern in _resolvers:
        _Dumper.add_implicit_resolver(_tag, _pattern, [_first])
