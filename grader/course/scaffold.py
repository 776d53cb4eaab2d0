"""The files of a new exercise, and of a new course, with notes at the places for the author.

A note is a line with ``AUTHOR:`` in it. ``grader validate`` lists those that are left.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from importlib import resources
from typing import TYPE_CHECKING, Literal

import yaml

from grader.course.languages import Translator, interpolate, msgid
from grader.course.locate import INDEX

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from grader.course.loading import LoadedExercise

Kind = Literal["code", "quiz", "lines"]
MARK = "AUTHOR:"
_TEMPLATES = resources.files("grader.course") / "templates"
_NOTES = {
    "the_title": msgid("a title of a few words"),
    "the_task": msgid("why this is needed in a network, then what to do: all that the checks ask"),
    "the_right_answer": msgid("write the right answer"),
    "a_wrong_answer": msgid("write what students do who are nearly right"),
    "a_check": msgid("what is tried here, in a few words"),
    "a_hint": msgid("a question that leads on without giving the answer away"),
    "a_sentence": msgid("what this mistake is, in one sentence, and what to try"),
    "a_question": msgid("the question"),
    "a_right_choice": msgid("a right choice"),
    "a_wrong_choice": msgid("a wrong choice that tempts"),
    "a_listing": msgid("replace this listing with yours, and the line numbers in key.yaml"),
}
_NAME = re.compile(r"(?:(?P<id>ex[0-9]{2,3})_)?(?P<slug>[a-z][a-z0-9_]*)")


@dataclass(frozen=True)
class NewExercise:
    """The name and the section of a new exercise."""

    id: str
    slug: str
    kind: Kind
    section: str

    @property
    def name(self) -> str:
        """Its folder, for instance ``ex11_softmax``."""
        return f"{self.id}_{self.slug}"


def parse_name(text: str) -> tuple[str | None, str] | None:
    """Return id (if any) and slug of ``ex01_mean`` or ``mean``; None for other names."""
    match = _NAME.fullmatch(text)
    if match is None or re.fullmatch(r"ex[0-9]*", match["slug"]):
        return None
    return match["id"], match["slug"]


def next_id(taken: Iterable[str]) -> str:
    """Return the id after the highest one that is taken; ``ex01`` without any."""
    return f"ex{max((int(id_[2:]) for id_ in taken), default=0) + 1:02}"


def course_files(root: Path, section: str, seed: int, t: Translator) -> dict[Path, str]:
    """Return the files of a new course with one empty section, in English only."""
    words = root.resolve().name.replace("-", " ").replace("_", " ").strip() or "course"
    slug = re.sub(r"[^a-z0-9_]+", "_", words.lower()).strip("_")
    filled = {
        "id": slug if slug[:1].isalpha() else f"course_{slug}".rstrip("_"),
        "seed": seed,
        "languages": "en",
        "section": section,
        "course_title": words.capitalize(),
        "section_title": section.replace("_", " ").capitalize(),
    }
    return {
        root / INDEX: _filled("course/course.yaml", filled, t),
        root / "i18n" / "en" / "course.md": _filled("course/course.md", filled, t),
    }


def exercise_files(root: Path, new: NewExercise, t: Translator) -> dict[Path, str]:
    """Return the files of a new exercise; notes are in the language of the translator."""
    folder, answers = root / "exercises" / new.name, root / "answers" / new.name
    own: dict[str, Path] = {"exercise.yaml": folder / "exercise.yaml"}
    match new.kind:
        case "code":
            own |= {name: folder / name for name in ("checks.py", "stub.py")}
            own["reference.py"] = answers / "reference.py"
            own["first_mistake.py"] = answers / "misconceptions" / "first_mistake.py"
        case "quiz":
            own["key.yaml"] = answers / "key.yaml"
        case "lines":
            own |= {"listing.py": folder / "listing.py", "key.yaml": answers / "key.yaml"}
    own["prose.md"] = root / "i18n" / "en" / f"{new.name}.md"
    filled = {"id": new.id, "slug": new.slug, "section": new.section}
    return {path: _filled(f"{new.kind}/{name}", filled, t) for name, path in own.items()}


def listed(index: str, new: NewExercise) -> str:
    """Return the text of course.yaml with an exercise at the end of its section.

    Everything else stays as written.

    Raises:
        LookupError: there is no such section.

    """
    root = yaml.compose(index, yaml.SafeLoader)
    assert root is not None  # noqa: S101 - the index has been validated
    sections = _value(root, "sections")
    for section in sections.value:
        if _value(section, "id").value == new.section:
            exercises = _value(section, "exercises")
            assert isinstance(exercises, yaml.SequenceNode)  # noqa: S101 - as the model has it
            return _with(index, exercises, new.name)
    raise LookupError(new.section)


def left_to_write(text: str) -> Iterator[tuple[int, str]]:
    """Yield the lines of a text with a note for the author, and the notes."""
    for number, line in enumerate(text.splitlines(), start=1):
        _, found, note = line.partition(MARK)
        if found:
            yield number, note.strip(" \"'")


def files_to_search(exercise: LoadedExercise) -> Iterator[Path]:
    """Yield the files of an exercise, except prose, that may contain notes for the author."""
    for folder in (exercise.folder, exercise.answers):
        yield from sorted(file for file in folder.rglob("*") if file.suffix in {".py", ".yaml"})


def _filled(template: str, filled: Mapping[str, object], t: Translator) -> str:
    text = (_TEMPLATES / f"{template}.txt").read_text(encoding="utf-8")
    notes = {name: t(note) for name, note in _NOTES.items()}
    return interpolate(text, {"mark": MARK, **notes, **filled}, "en")


def _value(mapping: yaml.Node, key: str) -> yaml.Node:
    assert isinstance(mapping, yaml.MappingNode)  # noqa: S101 - the index has been validated
    value: yaml.Node = next(value for name, value in mapping.value if name.value == key)
    return value


def _with(text: str, names: yaml.SequenceNode, name: str) -> str:
    """Append a name to a sequence, in the style in which it is written."""
    if not names.value:
        start, end = names.start_mark.index, names.end_mark.index
        return f"{text[:start]}[{name}]{text[end:]}"
    last = names.value[-1]
    if names.flow_style:
        behind = last.end_mark.index
        return f"{text[:behind]}, {name}{text[behind:]}"
    before = text[: last.start_mark.index].rpartition("\n")[2]
    line, _, rest = text[last.start_mark.index :].partition("\n")
    return f"{text[: last.start_mark.index]}{line}\n{before}{name}\n{rest}"
