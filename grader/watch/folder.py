"""Changes in a folder, as the system reports them, or as its files show them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from watchfiles import awatch

from grader.course.phrases import phrase
from grader.watch.saves import differing, signature
from grader.watch.session import Saved, Stopped

if TYPE_CHECKING:
    from asyncio import Queue
    from pathlib import Path

    from grader.watch.saves import AnswerNames
    from grader.watch.session import Event

STEP, LONGEST = 5, 50
"""Milliseconds without another change, and at most, before changes are reported together."""
TICK = 1000
"""Milliseconds after which the files are looked at, since network drives may report nothing."""
GONE = 2  # exit code


async def follow(folder: Path, names: AnswerNames, events: Queue[Event]) -> None:
    """Put the names of answers that may have been saved into a queue, as long as there is a folder.

    ``folder`` is resolved.

    Raises:
        OSError: the folder cannot be watched, not even by looking at it again and again.

    """
    try:
        await _follow(folder, names, events, polling=False)
    except OSError:  # for instance, all watches of the system are in use
        await _follow(folder, names, events, polling=True)


async def _follow(folder: Path, names: AnswerNames, events: Queue[Event], *, polling: bool) -> None:
    place, before = _identity(folder), names.signatures(folder)
    async for changes in awatch(
        folder,
        watch_filter=None,
        debounce=LONGEST,
        step=STEP,
        rust_timeout=TICK,
        yield_on_timeout=True,
        recursive=False,
        force_polling=polling or None,
    ):
        if place is None or _identity(folder) != place:
            told = phrase("The folder {{folder}} is gone.", folder=str(folder))
            return await events.put(Stopped(GONE, told))
        now = names.signatures(folder)
        saved = names.answers(folder, (path for _, path in changes)) | differing(before, now)
        before = now
        if saved:
            await events.put(Saved(saved))
    return None


def _identity(folder: Path) -> int | None:
    found = signature(folder)
    return None if found is None else found[0]
