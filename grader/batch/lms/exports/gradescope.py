"""Gradescope's ``results.json``, one a submission, from the student's view of the report."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from grader.batch.atomic_files import write_export
from grader.batch.lms.export import Export
from grader.batch.outputs.final_rows import ExportResult, validated_rows, with_overrides
from grader.batch.outputs.rules import Rules, awarded, worths_of
from grader.batch.plan import safe_name
from grader.report.audience import for_audience
from grader.report.models import Report
from grader.report.view import points_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from grader.batch.models import GradeRow
    from grader.gradebook.policy import Grade


class GradescopeExport(Export):
    """A ``results.json`` for each submission, as Gradescope's autograders write it."""

    title = "Gradescope"
    writes = "gradescope/<student>/<exercise>-<attempt>/results.json"

    def write(self, rows: Iterable[GradeRow], grades: Iterable[Grade], out: Path) -> ExportResult:
        """Write the results below a folder.

        Raises:
            BatchError: points are invalid, or a file cannot be written.

        """
        return write_gradescope(with_overrides(rows, grades), out / "gradescope", out, self.rules)


def write_gradescope(
    rows: Iterable[GradeRow], folder: Path, reports: Path = Path(), rules: Rules | None = None
) -> ExportResult:
    """Write ``<student>/<exercise>-<attempt>/results.json`` for each submission that was judged.

    ``reports`` is the folder that the rows' report paths start from. Hidden checks are one sum.

    Raises:
        BatchError: points are invalid, or a file cannot be written.

    """
    written, decided = ExportResult("gradescope"), rules or Rules()
    kept = validated_rows(rows)
    worths = worths_of(kept)
    for row in kept:
        if row.status == "missing":
            continue
        award = awarded({row.exercise: row}, {row.exercise: worths[row.exercise]}, decided)
        if isinstance(award, str):
            written.keep(award, row.name or row.student)
            continue
        report = _report(row, reports, show_calls=decided.show_calls)
        result = _result(row, award.points, report)
        data = json.dumps(result, ensure_ascii=False, indent=2, allow_nan=False)
        place = folder / safe_name(row.student) / f"{safe_name(row.exercise)}-{row.attempt}"
        write_export(data.encode(), place / "results.json")
        written.grades += 1
    return written


def _report(row: GradeRow, reports: Path, *, show_calls: bool) -> Report | None:
    """Return the report for the student; None: there is no readable one."""
    if row.report is None:
        return None
    try:
        text = (reports / row.report).read_text(encoding="utf-8")
        report = Report.model_validate_json(text)
        return for_audience(report, "student", show_calls=show_calls)
    except (OSError, ValueError, ValidationError):
        return None


def _result(row: GradeRow, entered: Decimal, report: Report | None) -> dict[str, Any]:
    tests = [] if report is None else list(_tests(report))
    whole = [_test(row.exercise, entered, row.maximum, "")]
    # A teacher's mark is not the sum of the checks: then only the grade is given.
    agrees = report is not None and report.reached == row.reached and bool(tests)
    return {
        "score": _number(entered),
        "output": "" if report is None else "\n".join(_told(report)),
        "output_format": "text",
        "test_output_format": "text",
        "test_name_format": "text",
        "stdout_visibility": "hidden",
        "tests": tests if agrees else whole,
        "extra_data": {
            "student": row.student,
            "status": row.status,
            "attempt": row.attempt,
            "points": _number(Decimal(0) if row.reached is None else row.reached),
            "maximum": _number(row.maximum),
            "reachable": _number(row.in_reach),
        },
    }


def _told(report: Report) -> Iterator[str]:
    """Yield the sentences about the whole: the headline, and the maximum."""
    if report.headline is not None:
        yield report.headline.text
    if report.reachable != report.maximum:
        yield points_line(report)


def _tests(report: Report) -> Iterator[dict[str, Any]]:
    for check in report.checks:
        texts = [message.text for message in (*check.feedback, *check.remarks)]
        texts += [f"- {point.text} ({_number(point.points)})" for point in check.key_points]
        output = "\n".join(texts)
        if check.reason == "device":  # with points it would look failed
            yield {"name": check.title or check.id, "output": output, "visibility": "visible"}
        else:
            yield _test(check.title or check.id, check.reached, check.maximum, output)
    if report.hidden is not None:
        hidden = report.hidden
        yield _test(f"hidden checks: {hidden.checks}", hidden.reached, hidden.maximum, "")


def _test(name: str, reached: Decimal, maximum: Decimal, output: str) -> dict[str, Any]:
    return {
        "name": name,
        "score": _number(reached),
        "max_score": _number(maximum),
        "status": "passed" if reached == maximum else "failed",
        "output": output,
        "visibility": "visible",
    }


def _number(points: Decimal) -> int | float:
    return int(points) if points == points.to_integral_value() else float(points)
