"""An answer judged on two devices: both reports, and their differences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.cli.grade_and_show import exit_code, print_report
from grader.judge.processes.devices import disagreements
from grader.report.messages import sentence

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grader.cli.context import Context
    from grader.report.models import Report


def show_both(reports: Sequence[Report], context: Context, *, everything: bool) -> int:
    """Print the reports and their differences; return the worse exit code."""
    first, second = reports
    if context.json:
        context.echo_json(_data(first, second))
    else:
        for report in reports:
            context.echo(f"-- {report.device} --")
            print_report(report, context, everything=everything)
            context.echo()
        for line in _lines(first, second, context):
            context.echo(line)
    return max(map(exit_code, reports))


def _data(first: Report, second: Report) -> dict[str, object]:
    differing = [
        {"check": one.check, str(first.device): one.first, str(second.device): one.second}
        for one in disagreements(first, second)
    ]
    reports = [report.model_dump(mode="json") for report in (first, second)]
    return {"reports": reports, "disagreements": differing}


def _lines(first: Report, second: Report, context: Context) -> list[str]:
    """Return a line for each check that ended differently, or one saying that there is none."""
    t = context.t
    devices = {"first": first.device, "second": second.device}
    titles = {check.id: check.title or check.id for check in first.checks}
    lines = [
        t(
            "“{{check}}” ends differently: {{first}}: {{one}}, {{second}}: {{other}}",
            check=titles[one.check],
            one=_word(one.first, context),
            other=_word(one.second, context),
            **devices,
        )
        for one in disagreements(first, second)
    ]
    return lines or [t("Both devices agree: {{first}} and {{second}}.", **devices)]


def _word(status: str, context: Context) -> str:
    return sentence(f"status.{status}", {}, context.lang) or status
