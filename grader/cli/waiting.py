"""A sign of life while judging takes its time."""

from __future__ import annotations

import contextlib
import sys
import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from grader.cli.context import Context

PATIENCE = 1.0  # seconds in which nobody wonders


@contextlib.contextmanager
def waiting(context: Context) -> Iterator[None]:
    """Show a spinner on a terminal once this takes longer than a moment; nothing elsewhere."""
    if not (context.fancy and sys.stderr.isatty()):
        yield
        return
    with contextlib.ExitStack() as shown:
        timer = threading.Timer(PATIENCE, _show, (context, shown))
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()
            timer.join()


def _show(context: Context, shown: contextlib.ExitStack) -> None:
    from rich.console import Console  # noqa: PLC0415 - most submissions are judged sooner
    from rich.live import Live  # noqa: PLC0415
    from rich.spinner import Spinner  # noqa: PLC0415

    spinner = Spinner("line", text=context.t("Your answer is being graded …"))
    # The judge redirects the streams itself while this runs: rich must leave them alone.
    live = Live(
        spinner,
        console=Console(stderr=True),
        transient=True,
        redirect_stdout=False,
        redirect_stderr=False,
    )
    shown.enter_context(live)
