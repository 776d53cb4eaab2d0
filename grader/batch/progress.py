"""The progress of a batch: an updated line on a terminal, a plain line at intervals elsewhere."""

from __future__ import annotations

import time
from decimal import Decimal
from typing import TYPE_CHECKING, Self

from grader.batch.observer import BatchObserver
from grader.course.colours import RICH
from grader.report.clean import clean

if TYPE_CHECKING:
    from collections.abc import Callable

    from rich.progress import Progress as RichProgress
    from rich.progress import TaskID

    from grader.course.languages import Translator
    from grader.course.phrases import Phrase

SECONDS_BETWEEN_LINES = 5.0
FAILURES = frozenset({"ungraded", "unreadable"})
_MINUTE, _HOUR = 60, 3600
_TENTH = Decimal("0.1")


class Progress(BatchObserver):
    """Counts rows and shows the count; ``say`` prints one plain line."""

    def __init__(
        self,
        t: Translator,
        total: int,
        say: Callable[[str], None],
        *,
        fancy: bool = False,
        every: float = SECONDS_BETWEEN_LINES,
    ) -> None:
        self.t = t
        self.total = total
        self.done = self.judged = self.failures = 0
        self._say = say
        self._fancy = fancy
        self._every = every
        self._began = self._said = time.monotonic()
        self._bar: RichProgress | None = None
        self._task: TaskID | None = None

    def __enter__(self) -> Self:
        if self._fancy and self.total:
            self._bar = _bar()
            self._task = self._bar.add_task("", total=self.total, state="")
            self._bar.start()
        return self

    def __exit__(self, *_: object) -> None:
        if self._bar is not None:
            self._bar.stop()
        elif self.total:
            self._say(self.line())

    def row_done(self, status: str, *, stored: bool) -> None:
        """Count a row; ``stored`` when its result was there before."""
        self.done += 1
        self.judged += not stored
        self.failures += status in FAILURES
        if self._bar is not None and self._task is not None:
            self._bar.update(self._task, completed=self.done, state=self.state())
        elif self._every <= time.monotonic() - self._said and self.done < self.total:
            self._said = time.monotonic()
            self._say(self.line())

    def notice(self, sentence: Phrase) -> None:
        """Print a sentence at once, on a line of its own."""
        text = clean(sentence.localised(self.t))
        if self._bar is not None:
            self._bar.console.print(text, markup=False, soft_wrap=True)
        else:
            self._say(text)

    def line(self) -> str:
        """Return the progress on one line, understandable without the others."""
        count = self.t.plural(
            "{{n}} of {{total}} done", "{{n}} of {{total}} done", self.done, total=self.total
        )
        return " · ".join(filter(None, [count, self.state()]))

    def state(self) -> str:
        """Return rate, remaining time and failures, as far as they are known."""
        parts = []
        rate = self.judged / max(time.monotonic() - self._began, 1e-9)
        if self.judged:
            parts.append(self.t("{{rate}} a second", rate=Decimal(rate).quantize(_TENTH)))
            if self.done < self.total:
                left = _duration((self.total - self.done) / rate)
                parts.append(self.t("{{duration}} left", duration=left))
        if self.failures:
            text = self.t.plural("{{n}} not gradable", "{{n}} not gradable", self.failures)
            parts.append(text)
        return " · ".join(parts)


def _bar() -> RichProgress:
    from rich.console import Console  # noqa: PLC0415 - plain output needs none
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn  # noqa: PLC0415
    from rich.progress import Progress as RichProgress  # noqa: PLC0415
    from rich.theme import Theme  # noqa: PLC0415

    columns = (BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[state]}"))
    console = Console(stderr=True, highlight=False, theme=Theme(RICH))
    return RichProgress(*columns, console=console)


def _duration(seconds: float) -> str:
    """Return a duration in clock notation: 0:07, 12:30, 3:05:00."""
    whole = round(seconds)
    minutes, rest = divmod(whole, _MINUTE)
    if whole < _HOUR:
        return f"{minutes}:{rest:02}"
    return f"{whole // _HOUR}:{minutes % _MINUTE:02}:{rest:02}"
