"""``grader demo``."""

from __future__ import annotations

import contextlib
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import click

from grader.cli.grade_and_show import PASSED, exit_code, grade_file, localised_for, print_report
from grader.cli.options import PLACE, grader_command, writing
from grader.course.languages import msgid
from grader.judge.run import Options

if TYPE_CHECKING:
    from collections.abc import Iterator

    from grader.cli.context import Context
    from grader.course.languages import Translator
    from grader.report.models import Report

EXERCISE = "ex11"
NEARLY_RIGHT = """\
import numpy as np


def softmax(x):
    e = np.exp(x)
    return e / e.sum(axis=-1, keepdims=True)
"""
MENDED = """\
import numpy as np


def softmax(x):
    e = np.exp(x - x.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)
"""


@grader_command(msgid("Watch a nearly right softmax being explained, and the mended one passing."))
@click.argument("folder", required=False, type=PLACE)
def command(context: Context, folder: Path | None) -> int:
    """Act as a student: a first try, its feedback, a second try of which only the report is shown.

    The user may still want to solve the exercise, so the right answer is neither printed nor
    stored.
    """
    name = f"{context.course.exercise(EXERCISE).name}.py"
    with _workspace(folder, context.t) as workspace:
        context.echo(context.t("A student hands in this softmax:"))
        context.echo()
        context.echo("\n".join(f"    {line}".rstrip() for line in NEARLY_RIGHT.splitlines()))
        first = _try(context, workspace / name, NEARLY_RIGHT)
    with _workspace(None, context.t) as workspace:
        context.echo(
            context.t("The student mends it and hands in again; how is yours to find out:")
        )
        second = _try(context, workspace / name, MENDED)
    # The demonstration worked if the first try was explained and the second one passed.
    explained = any(check.misconception for check in first.checks)
    return 0 if explained and exit_code(second) == PASSED else 1


def _try(context: Context, file: Path, source: str) -> Report:
    with writing(file, context.t):
        file.write_text(source, encoding="utf-8")
    context.echo()
    context.echo(f"$ grade {EXERCISE} {file.name}")
    loaded = context.course.exercise(EXERCISE)
    report = grade_file(loaded, file, Options())
    print_report(localised_for(report, loaded, context, "student"), context)
    context.echo()
    return report


@contextlib.contextmanager
def _workspace(folder: Path | None, t: Translator) -> Iterator[Path]:
    """Yield the named folder, which stays; else a temporary one."""
    if folder is not None:
        with writing(folder, t):
            folder.mkdir(parents=True, exist_ok=True)
        yield folder
        return
    with writing(Path("TMPDIR"), t):
        temporary = tempfile.TemporaryDirectory(prefix="nn-grader-demo-")
    with temporary as name:
        yield Path(name)
