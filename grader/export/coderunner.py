"""Questions of Moodle's CodeRunner, whose answers `grader jobe` judges.

The prototype for Python is customised: the template sends the answer, and a template grader
shows the table that comes back. The fields are those of ``questiontype.php`` of CodeRunner 5.9,
where an empty one is inherited from the prototype.
"""

from __future__ import annotations

import json
from html import escape
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from grader.course.languages import Translator, interpolate
from grader.course.page import signatures
from grader.course.starter_files import starting_code
from grader.course.translations import CAPTION
from grader.export import moodle_xml as xml
from grader.export.html import as_html, line_as_html
from grader.pictures.files import as_svg
from grader.pictures.making import of_task
from grader.pictures.render_scene import available

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from grader.course.loading import Course, LoadedExercise

LANGUAGE = "nngrader"
"""The name by which the server knows the language of answers: see `grader jobe`."""
_ANSWER = "{{ STUDENT_ANSWER | json_encode }}"
_STUDENT = "{{ STUDENT.id | json_encode }}"
_SPARE_LINES, _LEAST_LINES = 6, 18  # of the box for the answer
_FIELDS = {
    "coderunnertype": "python3",
    "prototypetype": 0,
    "allornothing": 0,
    "penaltyregime": 0,
    "precheck": 0,
    "hidecheck": 0,
    "showsource": 0,
    "answerboxcolumns": 100,
    "globalextra": "",
    "useace": 1,
    "resultcolumns": "",
    "iscombinatortemplate": 1,
    "allowmultiplestdins": "",
    "answer": "",
    "validateonsave": 0,
    "testsplitterre": "",
    "language": LANGUAGE,
    "acelang": "python",
    "sandbox": "jobesandbox",
    "grader": "TemplateGrader",
    "cputimelimitsecs": "",
    "memlimitmb": "",
    "templateparams": "",
    "hoisttemplateparams": 1,
    "extractcodefromjson": 0,
    "templateparamslang": "twig",
    "templateparamsevalpertry": 0,
    "templateparamsevald": "",
    "twigall": 0,
    "uiplugin": "ace",
    "uiparameters": "",
    "attachments": 0,
    "attachmentsrequired": 0,
    "maxfilesize": 0,
    "filenamesregex": "",
    "filenamesexplain": "",
    "displayfeedback": 0,
    "giveupallowed": 0,
    "prototypeextra": "",
}


def coderunner_xml(
    exercises: Iterable[LoadedExercise], lang: str, *, server: str = "", students: bool = False
) -> bytes:
    """Return a file for *Question bank → Import*, with a question for each exercise in code.

    ``server``: where these questions are sent, if not to the server of CodeRunner's settings.
    ``students``: send the number of Moodle's user along, by which attempts can be counted.

    Raises:
        CourseError: a file of the course is missing or broken.

    """
    code = [exercise for exercise in exercises if exercise.model.kind == "code"]
    made = [_category(code[0].course, lang)] if code else []
    made += [_question(one, lang, server, students=students) for one in code]
    return xml.document(made)


def _category(course: Course, lang: str) -> ET.Element:
    """Return the category of the questions; a slash in its name would begin another one below."""
    made = ET.Element("question", type="category")
    path = (course.prose(lang).title, lang, "CodeRunner")
    named = "/".join(part.replace("/", "//") for part in path)
    xml.leaf(ET.SubElement(made, "category"), "text", f"$course$/top/{named}")
    xml.html(made, "info", "")
    xml.leaf(made, "idnumber", f"{course.index.id}.{lang}.coderunner")
    return made


def _question(exercise: LoadedExercise, lang: str, server: str, *, students: bool) -> ET.Element:
    id_, start = exercise.model.id, starting_code(exercise, lang)
    name = f"{id_} {exercise.prose(lang).front.title}"
    files = dict(_pictures(exercise, lang))
    shown = "".join(f"<p>{image}</p>" for _, image in files.values())
    text = as_html(f"{exercise.prose(lang).prompt}\n\n{signatures(exercise.code)}") + shown
    made = xml.question("coderunner", name, text, exercise.model.maximum, f"{id_}.code")
    place = made.find("questiontext")
    assert place is not None  # noqa: S101 - `question` has made it
    xml.embed(place, {name: svg for name, (svg, _) in files.items() if svg})
    own = {
        "answerboxlines": max(_LEAST_LINES, start.count("\n") + _SPARE_LINES),
        "answerpreload": start,
        "template": template(id_, lang, students=students),
        "sandboxparams": json.dumps({"jobeserver": server}) if server else "",
    }
    for field, value in (_FIELDS | own).items():
        xml.leaf(made, field, value)
    ET.SubElement(made, "testcases")
    xml.tags(made, ["nn-grader", id_])
    return made


def template(exercise: str, lang: str, *, students: bool = False) -> str:
    """Return the template in Twig that makes what `grader jobe` reads of an answer."""
    known = json.dumps({"exercise": exercise, "lang": lang})[:-1]
    student = f', "student": {_STUDENT}' if students else ""
    return f'{known}{student}, "code": {_ANSWER}}}'


def _pictures(exercise: LoadedExercise, lang: str) -> Iterator[tuple[str, tuple[bytes, str]]]:
    """Yield the name of each picture, its file and its HTML: words where matplotlib is missing."""
    t, front = Translator(lang), exercise.prose(lang).front
    for id_, picture in of_task(exercise, lang).items():
        caption = interpolate(front.pictures.get(id_, {}).get(CAPTION, ""), picture.args, lang)
        words = picture.drawing.alternative(t)
        name = f"{exercise.model.id}_{id_}.svg"
        if available():
            image = f'<img src="@@PLUGINFILE@@/{name}" alt="{escape(words)}">'
            yield name, (as_svg(picture.drawing, caption, t), image)
        else:
            yield name, (b"", line_as_html(words))
