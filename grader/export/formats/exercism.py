"""Exercism's results.json, version 3, as its test runners write it."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from grader.course.languages import msgid
from grader.export.format import Exported, Losses, ReportFormat
from grader.export.outcomes import LOAD, outcomes

if TYPE_CHECKING:
    from grader.export.format import ReportTask
    from grader.report.models import Report

_LONGEST = 65_535  # characters of a message
_OUTPUT = 500  # characters of what a test printed
_STATUS = {"passed": "pass", "failed": "fail", "error": "error", "waits": "fail"}
_UNFIT = re.compile(r"[^\w.-]+")
_POINTS = msgid("points: a test passes or fails")
_WAITING = msgid("what waits for a teacher: it counts as failed until then")


class Exercism(ReportFormat):
    """A folder for each report: its student, its exercise, ``results.json``."""

    output = "exercism"
    folder = True

    def export(self, task: ReportTask) -> Exported:
        """Return a file for each report."""
        losses = Losses()
        files: dict[str, bytes] = {}
        for report in task.reports:
            data = json.dumps(_results(report, losses), ensure_ascii=False, indent=2)
            files[_free(report, files)] = f"{data}\n".encode()
        return Exported(files, len(files), losses.sentences())


def _free(report: Report, taken: dict[str, bytes]) -> str:
    """Return a path that no other report has."""
    student = _UNFIT.sub("_", report.student or "").strip(".") or "student"
    attempt = report.attempt or 1
    while True:
        path = f"{student}/{report.exercise.id}-{attempt}/results.json"
        if path not in taken:
            return path
        attempt += 1


def _results(report: Report, losses: Losses) -> dict[str, Any]:
    where = report.exercise.id
    losses.add(_POINTS, where)
    found = list(outcomes(report))
    if found[0].id == LOAD:
        message = found[0].text or found[0].status
        return {"version": 3, "status": "error", "message": message[:_LONGEST], "tests": []}
    if any(one.verdict == "waits" for one in found):
        losses.add(_WAITING, where)
    printed = {check.id: check.printed for check in report.checks}
    tests = []
    for one in found:
        test = {"name": one.title, "status": _STATUS[one.verdict]}
        if one.verdict != "passed":
            test["message"] = (one.text or one.status)[:_LONGEST]
        output = printed.get(one.id)
        if output is not None and output.first:
            test["output"] = output.first[:_OUTPUT]
        tests.append(test)
    return {"version": 3, "status": "pass" if report.passed else "fail", "tests": tests}
