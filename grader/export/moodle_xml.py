"""Elements of Moodle's question XML."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from grader.export.html import xml_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from fractions import Fraction

NO_UNIT = "3"  # qtype_numerical::UNITNONE


def leaf(parent: ET.Element, name: str, text: object = "") -> ET.Element:
    """Add an element that holds a text."""
    made = ET.SubElement(parent, name)
    made.text = xml_text(str(text))
    return made


def html(parent: ET.Element, name: str, text: str) -> ET.Element:
    """Add an element with HTML below it, in the format that Moodle does not rewrite."""
    made = ET.SubElement(parent, name, format="html")
    leaf(made, "text", text)
    return made


def embed(parent: ET.Element, files: Mapping[str, bytes]) -> None:
    """Add files, to which the HTML refers as ``@@PLUGINFILE@@/name``."""
    for name, data in files.items():
        made = ET.SubElement(parent, "file", name=name, path="/", encoding="base64")
        made.text = base64.b64encode(data).decode()


def percent(fraction: Fraction) -> str:
    """Return a share as Moodle's list of grades has it: 100, 33.33333, -50."""
    text = f"{float(100 * fraction):.5f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def question(kind: str, name: str, text: str, points: int | None, idnumber: str) -> ET.Element:
    """Begin a question: what all types have; ``points`` None for a type that earns none."""
    made = ET.Element("question", type=kind)
    leaf(ET.SubElement(made, "name"), "text", name)
    html(made, "questiontext", text)
    html(made, "generalfeedback", "")
    leaf(made, "defaultgrade", points or 0)
    leaf(made, "penalty", 0)
    leaf(made, "hidden", 0)
    leaf(made, "idnumber", idnumber)
    return made


def answer(
    parent: ET.Element, fraction: Fraction, text: str, feedback: str, *, is_html: bool = False
) -> ET.Element:
    """Add an answer: the text that earns the share, and what is said of it, as HTML."""
    kind = "html" if is_html else "moodle_auto_format"
    made = ET.SubElement(parent, "answer", fraction=percent(fraction), format=kind)
    leaf(made, "text", text)
    html(made, "feedback", feedback)
    return made


def combined_feedback(parent: ET.Element) -> None:
    """Add the three general sentences, empty: each answer has its own."""
    for name in ("correctfeedback", "partiallycorrectfeedback", "incorrectfeedback"):
        html(parent, name, "")


def hints(parent: ET.Element, texts: Iterable[str]) -> None:
    """Add hints, which Moodle shows between tries."""
    for text in texts:
        html(parent, "hint", text)


def tags(parent: ET.Element, names: Iterable[str]) -> None:
    """Add tags."""
    listed = ET.SubElement(parent, "tags")
    for name in names:
        leaf(ET.SubElement(listed, "tag"), "text", name)


def document(questions: Iterable[ET.Element]) -> bytes:
    """Return the file."""
    root = ET.Element("quiz")
    root.extend(questions)
    ET.indent(root)
    data: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return data + b"\n"
