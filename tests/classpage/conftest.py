"""A small class: answers with localised reports."""

from decimal import Decimal

import pytest
from support import samples

from grader.classpage.answers import Answer
from grader.report.localise import localise


@pytest.fixture
def answer():
    """Make an answer to an exercise from the statuses of its checks, of two points each."""

    def answer(student, *statuses, exercise="ex11", lang="en", status="graded", **fields):
        checks = [
            samples.check(f"test_{number}", one, title=f"Check {number}")
            for number, one in enumerate(statuses, 1)
        ]
        report = localise(samples.report(*checks, status=status), None, lang)
        report.run.cpu_seconds = {"test_1": 0.25 * len(student)}
        values = {"name": student.title(), "after": report.reached, **fields}
        return Answer(
            *(student, values.pop("name"), exercise, status, report.reached),
            maximum=report.maximum,
            reachable=Decimal(report.reachable),
            report=report,
            **values,
        )

    return answer
