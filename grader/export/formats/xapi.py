"""xAPI statements: who handed in what, and what it came to.

A statement's id is made of all that it says. So the same result, sent twice, is one statement, and
another result of the same student is another one.
"""

from __future__ import annotations

import hashlib
import json
import re
import uuid
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from grader.course.languages import msgid
from grader.course.phrases import phrase
from grader.export.errors import ExportError
from grader.export.format import Exported, Losses, ReportFormat
from grader.version import __version__

if TYPE_CHECKING:
    from collections.abc import Iterator

    from grader.course.phrases import Phrase
    from grader.export.format import ReportTask
    from grader.report.models import CheckResult, Report

_VERBS = "http://adlnet.gov/expapi/verbs/"
_ACTIVITY = "http://adlnet.gov/expapi/activities/"
_NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, "https://w3id.org/xapi/nn-grader")
_COURSE = "https://w3id.org/xapi/nn-grader/"
_HOME = re.compile(r"https?://[^\s/]+.*")
_MAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_FEEDBACK = msgid("feedback, pictures and calls: a statement has one sentence")
_UNGRADED = msgid("{{who}}, {{exercise}}: not graded, which is no result")
_NO_ID = msgid("{{exercise}}: the report has no student")
_NO_MAIL = msgid("{{who}}, {{exercise}}: the id is no e-mail address")
_NO_TIME = msgid("{{who}}, {{exercise}}: the report has no time")


class XApi(ReportFormat):
    """A JSON array of statements, as an LRS takes them."""

    output = "statements.json"
    options = frozenset({"identity", "home"})

    def export(self, task: ReportTask) -> Exported:
        """Return one file.

        Raises:
            ExportError: ids need the address under which students have them.

        """
        if task.identity == "account" and not _HOME.fullmatch(task.home):
            raise ExportError(
                phrase(
                    "Name the address under which students have their ids, for instance "
                    "--home https://moodle.example.org, or take --identity mbox-sha1 where the ids "
                    "are e-mail addresses."
                )
            )
        losses = Losses()
        left_out: list[Phrase] = []
        statements: list[dict[str, Any]] = []
        for report in task.reports:
            why = _why_not(report, task)
            if why is not None:
                left_out.append(why)
                continue
            losses.add(_FEEDBACK, report.exercise.id)
            statements += _statements(report, task)
        data = json.dumps(statements, ensure_ascii=False, indent=2)
        count = len(statements)
        return Exported(
            {"statements.json": f"{data}\n".encode()}, count, losses.sentences(), left_out
        )


def _why_not(report: Report, task: ReportTask) -> Phrase | None:
    what = {"who": report.student, "exercise": report.exercise.id}
    if not report.student:
        return phrase(_NO_ID, exercise=report.exercise.id)
    if report.status in {"ungraded", "other"}:
        return phrase(_UNGRADED, **what)
    if task.identity == "mbox-sha1" and not _MAIL.fullmatch(report.student):
        return phrase(_NO_MAIL, **what)
    if _time(report) is None:
        return phrase(_NO_TIME, **what)
    return None


def _statements(report: Report, task: ReportTask) -> Iterator[dict[str, Any]]:
    """Yield one statement about the exercise, and one about each check that is shown."""
    exercise = f"{_COURSE}{report.exercise.course}/{report.exercise.id}"
    yield _statement(report, task, _about_exercise(report, exercise))
    for check in report.checks:
        if check.status not in {"needs_review", "not_run", "other"}:
            yield _statement(report, task, _about_check(report, check, exercise))


def _about_exercise(report: Report, exercise: str) -> dict[str, Any]:
    score = _score(float(report.reached), float(report.reachable))
    result: dict[str, Any] = {"completion": report.status != "unreadable", **score}
    verb = "completed"
    if report.status in {"graded", "incomplete", "unreadable"}:
        result["success"] = report.passed
        verb = "passed" if report.passed else "failed"
    if report.headline is not None and report.headline.text:
        result["response"] = report.headline.text
    seconds = sum(report.run.cpu_seconds.values())
    if seconds:
        result["duration"] = f"PT{seconds:.2f}S"
    kind = "assessment"
    return {
        "verb": _verb(verb),
        "object": _activity(exercise, kind, report.exercise.title, report.lang),
        "result": result,
    }


def _about_check(report: Report, check: CheckResult, exercise: str) -> dict[str, Any]:
    result: dict[str, Any] = {
        **_score(float(check.reached), float(check.maximum)),
        "success": check.status == "passed",
    }
    seconds = report.run.cpu_seconds.get(check.id)
    if seconds:
        result["duration"] = f"PT{seconds:.2f}S"
    parent = _activity(exercise, "assessment", report.exercise.title, report.lang)
    name = check.title or check.id
    return {
        "verb": _verb("answered"),
        "object": _activity(f"{exercise}/{check.id}", "question", name, report.lang),
        "result": result,
        "parent": parent,
    }


def _statement(report: Report, task: ReportTask, about: dict[str, Any]) -> dict[str, Any]:
    parent = about.pop("parent", None)
    course = {"id": f"{_COURSE}{report.exercise.course}", "objectType": "Activity"}
    activities = {"grouping": [course]} | ({"parent": [parent]} if parent else {})
    extensions: dict[str, Any] = {
        f"{_COURSE}attempt": report.attempt,
        f"{_COURSE}submission": report.submission_hash,
        f"{_COURSE}grading": report.grading_hash,
    }
    made = {
        "actor": _actor(str(report.student), task),
        **about,
        "context": {
            "contextActivities": activities,
            "language": report.lang,
            "platform": f"nn-grader {__version__}",
            "extensions": {key: value for key, value in extensions.items() if value is not None},
        },
        "timestamp": _time(report),
        "version": "1.0.3",
    }
    content = json.dumps(made, sort_keys=True, separators=(",", ":"))
    return {"id": str(uuid.uuid5(_NAMESPACE, content)), **made}


def _actor(student: str, task: ReportTask) -> dict[str, Any]:
    if task.identity == "account":
        account = {"homePage": task.home, "name": student}
        return {"objectType": "Agent", "account": account}
    digest = hashlib.sha1(f"mailto:{student}".encode(), usedforsecurity=False).hexdigest()
    return {"objectType": "Agent", "mbox_sha1sum": digest}


def _verb(name: str) -> dict[str, Any]:
    return {"id": f"{_VERBS}{name}", "display": {"en": name}}


def _activity(ident: str, kind: str, name: str, lang: str) -> dict[str, Any]:
    definition: dict[str, Any] = {"type": f"{_ACTIVITY}{kind}"}
    if name:
        definition["name"] = {lang: name}
    return {"objectType": "Activity", "id": ident, "definition": definition}


def _score(raw: float, maximum: float) -> dict[str, Any]:
    """Return the score; none where nothing could be reached."""
    if maximum <= 0:
        return {}
    scaled = round(raw / maximum, 6)
    return {"score": {"scaled": scaled, "raw": raw, "min": 0, "max": maximum}}


def _time(report: Report) -> str | None:
    """Return when it was handed in, else graded: never the time of the export."""
    written = report.submitted_at or report.run.graded_at
    if written is None:
        return None
    try:
        when = datetime.fromisoformat(written)
    except ValueError:
        return None
    if when.tzinfo is None:
        when = when.replace(tzinfo=UTC)
    return when.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
