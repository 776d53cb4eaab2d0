"""A display of progress while judging takes long: the current check and the time."""

from __future__ import annotations

import contextlib
import sys
import threading
import time
from typing import TYPE_CHECKING

from grader.judge.checking.observer import JudgeObserver

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.spinner import Spinner

    from grader.cli.context import Context
    from grader.course.loading import LoadedExercise

PATIENCE = 1.0  # seconds before anything is displayed


class Progress(JudgeObserver):
    """The progress of judging: the title of the current check and its elapsed time."""

    def __init__(self, context: Context, exercise: LoadedExercise) -> None:
        self._context = context
        self._exercise = exercise
        self._check = ""
        self._since = time.monotonic()

    def check_begun(self, check: str, visibility: str) -> None:
        """Note that a check has begun; of one that is not displayed nobody learns the name."""
        self._check = check if visibility == "shown" else ""
        self._since = time.monotonic()

    def __str__(self) -> str:
        """Return the current activity on one line."""
        t = self._context.t
        seconds = int(time.monotonic() - self._since)
        what = t("Your answer is being graded …")
        if self._check:
            titles = self._exercise.prose(self._context.lang).front.checks
            what = titles.get(self._check, self._check)
        return t("{{what}} ({{seconds}} s)", what=what, seconds=seconds)


@contextlib.contextmanager
def spinner(context: Context, exercise: LoadedExercise) -> Iterator[Progress]:
    """Display on a terminal what is judged, after a moment; do nothing elsewhere."""
    progress = Progress(context, exercise)
    if not (context.fancy and sys.stderr.isatty()):
        yield progress
        return
    with contextlib.ExitStack() as shown:
        timer = threading.Timer(PATIENCE, _show, (progress, shown))
        timer.daemon = True
        timer.start()
        try:
            yield progress
        finally:
            timer.cancel()
            timer.join()


def _show(progress: Progress, shown: contextlib.ExitStack) -> None:
    from rich.console import Console  # noqa: PLC0415 - most submissions are judged sooner
    from rich.live import Live  # noqa: PLC0415
    from rich.spinner import Spinner  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    spinner = Spinner("line")

    def spinner_now() -> Spinner:
        spinner.update(text=Text(str(progress), no_wrap=True, overflow="ellipsis"))
        return spinner

    # The judge redirects the streams itself while this runs: rich must leave them alone.
    live = Live(
        get_renderable=spinner_now,
        console=Console(stderr=True),
        transient=True,
        redirect_stdout=False,
        redirect_stderr=False,
    )
    shown.enter_context(live)
