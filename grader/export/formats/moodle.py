"""Moodle's question XML: a category for each exercise, its task as a description, its questions."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from grader.course.languages import msgid
from grader.export import moodle_xml as xml
from grader.export.content import contents
from grader.export.format import ExerciseFormat, Exported, Losses
from grader.export.html import as_html
from grader.export.moodle_questions import essay_settings, question_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from grader.export.content import ExerciseContent
    from grader.export.format import ExerciseTask

OUTPUT = "questions.xml"
FILE_TYPES = ".py,.ipynb"
_DESCRIBED = msgid("the task is a description: put it in front of its questions in the quiz")
_BY_HAND = msgid("Moodle only collects programs: grade what it collected with `grader batch`")
_NO_DRAWING = msgid("pictures are told in words: to draw them needs matplotlib")


class Moodle(ExerciseFormat):
    """Moodle's question XML, for *Question bank → Import*."""

    output = "{{course}}.{{lang}}.moodle.xml"
    options = frozenset({"numbers", "matching", "ordering"})

    def export(self, task: ExerciseTask) -> Exported:
        """Return one file."""
        losses = Losses()
        made: list[ET.Element] = []
        count = 0
        for exercise in contents(list(task.exercises), task.lang):
            found = list(_questions(exercise, task, losses))
            count += sum(one.get("type") not in {"category", "description"} for one in found)
            made += found
        return Exported({OUTPUT: xml.document(made)}, count, losses.sentences())


def _questions(
    exercise: ExerciseContent, task: ExerciseTask, losses: Losses
) -> Iterator[ET.Element]:
    yield _category(exercise, task)
    if exercise.is_code:
        losses.add(_BY_HAND, exercise.id)
        yield _program(exercise, losses)
        return
    losses.add(_DESCRIBED, exercise.id)
    yield _description(exercise, losses)
    yield from (question_of(content, task, losses) for content in exercise.questions)


def _category(exercise: ExerciseContent, task: ExerciseTask) -> ET.Element:
    """Return the category; a slash in a title is doubled, as it would begin another one below."""
    course = task.course.prose(task.lang).title
    path = [course, task.lang, f"{exercise.id} {exercise.front.title}"]
    made = ET.Element("question", type="category")
    named = "/".join(part.replace("/", "//") for part in path)
    xml.leaf(ET.SubElement(made, "category"), "text", f"$course$/top/{named}")
    xml.html(made, "info", "")
    xml.leaf(made, "idnumber", f"{task.course.index.id}.{task.lang}.{exercise.id}")
    return made


def _description(exercise: ExerciseContent, losses: Losses) -> ET.Element:
    name = f"{exercise.id} 00 {exercise.front.title}"
    made = xml.question("description", name, "", None, f"{exercise.id}.task")
    _fill(made, exercise, as_html(exercise.prompt), losses)
    xml.tags(made, ["nn-grader", exercise.id])
    return made


def _program(exercise: ExerciseContent, losses: Losses) -> ET.Element:
    """Return an essay to which the program is attached; the file to start from goes along."""
    loaded = exercise.loaded
    name = f"{exercise.id} {exercise.front.title}"
    made = xml.question("essay", name, "", loaded.model.maximum, f"{exercise.id}.program")
    start = loaded.stub_name
    link = f'<p><a href="@@PLUGINFILE@@/{start}">{start}</a></p>'
    stub = loaded.stub(exercise.lang).encode()
    _fill(made, exercise, as_html(exercise.prompt) + link, losses, {start: stub})
    essay_settings(made, lines=2, file_types=FILE_TYPES)
    note = exercise.t(
        "Download the files, name each after its student, and grade them: `grader batch FOLDER`; a "
        "single one: `grade {{exercise}} FILE`.",
        exercise=exercise.id,
    )
    xml.html(made, "graderinfo", as_html(note))
    xml.html(made, "responsetemplate", "")
    xml.tags(made, ["nn-grader", exercise.id])
    return made


def _fill(
    made: ET.Element,
    exercise: ExerciseContent,
    text: str,
    losses: Losses,
    files: dict[str, bytes] | None = None,
) -> None:
    """Set the text of a question, with the pictures of the task and other files."""
    files = dict(files or {})
    for picture in exercise.pictures():
        words = escape(picture.alternative)
        if picture.svg:
            files[picture.name] = picture.svg
            text += f'<p><img src="@@PLUGINFILE@@/{picture.name}" alt="{words}"></p>'
        else:
            losses.add(_NO_DRAWING, exercise.id)
            text += as_html(picture.alternative)
    place = made.find("questiontext")
    assert place is not None  # noqa: S101 - `question` has made it
    place.remove(place[0])
    xml.leaf(place, "text", text)
    xml.embed(place, files)
