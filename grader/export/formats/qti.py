"""QTI 1.2 as Canvas imports it: a package with one quiz for each exercise."""

from __future__ import annotations

import io
import zipfile
from html import escape
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from grader.course.languages import msgid
from grader.export.content import contents
from grader.export.format import ExerciseFormat, Exported, Losses
from grader.export.html import as_html, xml_text
from grader.export.qti_items import Item, add_field, item_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from grader.export.content import ExerciseContent
    from grader.export.format import ExerciseTask

_QTI = "http://www.imsglobal.org/xsd/ims_qtiasiv1p2"
_PACKAGE = "http://www.imsglobal.org/xsd/imsccv1p1/imscp_v1p1"
_CANVAS = "http://canvas.instructure.com/xsd/cccv1p0"
_RESOURCE = "associatedcontent/imscc_xmlv1p1/learning-application-resource"
_IMAGES = "images"
_ATTEMPTS = "cc_maxattempts"
_AT_THE_BEGINNING = (1980, 1, 1, 0, 0, 0)  # of a zip's time: the same course is the same file
_UPLOADS = msgid("Canvas only collects programs: grade what it collected with `grader batch`")
_HINTS = msgid("hints are left out: Canvas has none")
_NO_DRAWING = msgid("pictures are told in words: to draw them needs matplotlib")


class Qti(ExerciseFormat):
    """The package that Canvas takes as *QTI .zip file*."""

    output = "{{course}}.{{lang}}.qti.zip"

    def export(self, task: ExerciseTask) -> Exported:
        """Return the package."""
        losses = Losses()
        files: dict[str, bytes] = {}
        idents: list[str] = []
        count = 0
        for exercise in contents(list(task.exercises), task.lang):
            ident = f"{task.course.index.id}_{task.lang}_{exercise.id}"
            items = list(_items(exercise, files, losses))
            count += len(items) - (not exercise.is_code)
            files[f"{ident}/{ident}.xml"] = _assessment(ident, exercise, items)
            files[f"{ident}/assessment_meta.xml"] = _settings(ident, exercise)
            idents.append(ident)
        images = [name for name in files if name.startswith(f"{_IMAGES}/")]
        files["imsmanifest.xml"] = _manifest(task, idents, images)
        return Exported({"quizzes.zip": _zipped(files)}, count, losses.sentences())


def _items(
    exercise: ExerciseContent, files: dict[str, bytes], losses: Losses
) -> Iterable[ET.Element]:
    """Yield the task as a text, then each question; of a program, an upload."""
    text = as_html(exercise.prompt) + "".join(_pictures(exercise, files, losses))
    title = f"{exercise.id} {exercise.front.title}"
    if exercise.is_code:
        losses.add(_UPLOADS, exercise.id)
        ident, kind = f"{exercise.id}_program", "file_upload_question"
        yield Item(ident, title, kind, exercise.loaded.model.maximum, text).done()
        return
    yield Item(f"{exercise.id}_task", title, "text_only_question", 0, text).done()
    if exercise.hints:
        losses.add(_HINTS, exercise.id)
    yield from (item_of(content, losses) for content in exercise.questions)


def _pictures(exercise: ExerciseContent, files: dict[str, bytes], losses: Losses) -> Iterable[str]:
    for picture in exercise.pictures():
        if picture.svg:
            files[f"{_IMAGES}/{picture.name}"] = picture.svg
            place = f"$IMS-CC-FILEBASE$/{_IMAGES}/{picture.name}"
            yield f'<p><img src="{place}" alt="{escape(picture.alternative)}"></p>'
        else:
            losses.add(_NO_DRAWING, exercise.id)
            yield as_html(picture.alternative)


def _assessment(ident: str, exercise: ExerciseContent, items: Iterable[ET.Element]) -> bytes:
    root = ET.Element("questestinterop", xmlns=_QTI)
    title = xml_text(f"{exercise.id} {exercise.front.title}")
    made = ET.SubElement(root, "assessment", ident=ident, title=title)
    add_field(ET.SubElement(made, "qtimetadata"), _ATTEMPTS, "1")
    ET.SubElement(made, "section", ident="root_section").extend(items)
    return _written(root)


def _settings(ident: str, exercise: ExerciseContent) -> bytes:
    """Return Canvas's own settings of a quiz, without which it would show no title."""
    root = ET.Element("quiz", identifier=ident, xmlns=_CANVAS)
    for name, value in (
        ("title", f"{exercise.id} {exercise.front.title}"),
        ("description", ""),
        ("shuffle_answers", "false"),
        ("scoring_policy", "keep_highest"),
        ("quiz_type", "assignment"),
        ("points_possible", f"{exercise.loaded.model.maximum:.1f}"),
        ("show_correct_answers", "false"),
        ("allowed_attempts", "1"),
        ("available", "false"),
    ):
        ET.SubElement(root, name).text = xml_text(value)
    return _written(root)


def _manifest(task: ExerciseTask, idents: Iterable[str], images: Iterable[str]) -> bytes:
    root = ET.Element("manifest", identifier=f"{task.course.index.id}_{task.lang}", xmlns=_PACKAGE)
    metadata = ET.SubElement(root, "metadata")
    ET.SubElement(metadata, "schema").text = "IMS Content"
    ET.SubElement(metadata, "schemaversion").text = "1.1.3"
    ET.SubElement(root, "organizations")
    resources = ET.SubElement(root, "resources")
    for ident in idents:
        quiz = ET.SubElement(resources, "resource", identifier=ident, type="imsqti_xmlv1p2")
        ET.SubElement(quiz, "file", href=f"{ident}/{ident}.xml")
        ET.SubElement(quiz, "dependency", identifierref=f"{ident}_meta")
        place = f"{ident}/assessment_meta.xml"
        _resource(resources, f"{ident}_meta", _RESOURCE, place)
    for number, place in enumerate(images, 1):
        _resource(resources, f"image_{number}", "webcontent", place)
    return _written(root)


def _resource(parent: ET.Element, ident: str, kind: str, place: str) -> None:
    made = ET.SubElement(parent, "resource", identifier=ident, type=kind, href=place)
    ET.SubElement(made, "file", href=place)


def _written(root: ET.Element) -> bytes:
    ET.indent(root)
    data: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return data + b"\n"


def _zipped(files: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, _AT_THE_BEGINNING)
            entry.compress_type = zipfile.ZIP_DEFLATED
            package.writestr(entry, files[name])
    return stream.getvalue()
