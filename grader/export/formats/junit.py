"""JUnit XML, which most systems for continuous integration show."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from grader.course.languages import msgid
from grader.export.format import Exported, Losses, ReportFormat
from grader.export.html import xml_text
from grader.export.outcomes import outcomes

if TYPE_CHECKING:
    from grader.export.format import ReportTask
    from grader.report.models import Report

_POINTS = msgid("a part of the points of a check: it passed or failed; points are properties")
_HIDDEN = msgid("checks that are not displayed: only the sum of their points is a property")
_ELEMENT = {"failed": "failure", "error": "error", "waits": "skipped"}
_COUNTED = {"failures": "failed", "errors": "error", "skipped": "waits"}


class JUnit(ReportFormat):
    """One suite for each report, one case for each check that students are shown."""

    output = "junit.xml"

    def export(self, task: ReportTask) -> Exported:
        """Return one file."""
        losses = Losses()
        root = ET.Element("testsuites", name="nn-grader")
        for report in task.reports:
            root.append(_suite(report, losses))
        ET.indent(root)
        data: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
        return Exported({"junit.xml": data + b"\n"}, len(root), losses.sentences())


def _suite(report: Report, losses: Losses) -> ET.Element:
    found = list(outcomes(report))
    counted = Counter[str](one.verdict for one in found)
    name = ".".join(filter(None, [report.student, report.exercise.id]))
    attributes = {"name": xml_text(name), "tests": str(len(found))}
    attributes |= {key: str(counted[verdict]) for key, verdict in _COUNTED.items()}
    attributes["time"] = f"{sum(one.seconds for one in found):.3f}"
    if when := report.submitted_at or report.run.graded_at:
        attributes["timestamp"] = when
    suite = ET.Element("testsuite", attributes)
    properties = ET.SubElement(suite, "properties")
    for key, value in _properties(report).items():
        ET.SubElement(properties, "property", name=key, value=xml_text(value))
    for one in found:
        case = ET.SubElement(
            suite,
            "testcase",
            classname=xml_text(name),
            name=xml_text(one.title),
            time=f"{one.seconds:.3f}",
        )
        if one.verdict != "passed":
            first = one.text.partition("\n")[0] or one.status
            kind = _ELEMENT[one.verdict]
            made = ET.SubElement(case, kind, type=one.status, message=xml_text(first))
            made.text = xml_text(one.text)
    where = report.exercise.id
    if any(0 < check.reached < check.maximum for check in report.checks):
        losses.add(_POINTS, where)
    if report.hidden is not None:
        losses.add(_HIDDEN, where)
    return suite


def _properties(report: Report) -> dict[str, str]:
    values: dict[str, Decimal | str | int | None] = {
        "status": report.status,
        "reached": report.reached,
        "maximum": report.maximum,
        "waiting": report.waiting or None,
        "attempt": report.attempt,
        "hidden.reached": report.hidden.reached if report.hidden else None,
        "hidden.maximum": report.hidden.maximum if report.hidden else None,
    }
    return {name: str(value) for name, value in values.items() if value is not None}
