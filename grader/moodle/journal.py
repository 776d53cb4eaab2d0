"""What was written to a site, line by line, so that nothing is written twice."""

from __future__ import annotations

import fcntl
import json
import os
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any, Literal, get_args

from grader.course.phrases import phrase
from grader.course.system_errors import reason
from grader.moodle.errors import MoodleError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

JOURNAL = "moodle_web.journal.jsonl"

State = Literal["begun", "written", "refused"]
_FLAGS = os.O_WRONLY | os.O_CREAT | os.O_APPEND | getattr(os, "O_NOFOLLOW", 0)
_STATES = frozenset(get_args(State))


@dataclass(frozen=True)
class Line:
    """What happened last to a grade: ``begun`` alone says that nobody knows how it ended."""

    state: State
    at: int


class Journal:
    """The lines of one folder; each is on the disk before the next request is sent."""

    def __init__(self, path: Path) -> None:
        """Read what there is.

        Raises:
            MoodleError: it cannot be read.

        """
        self.path = path
        self._last: dict[str, Line] = {}
        self._points: dict[int, str] = {}
        try:
            text = path.read_text(encoding="utf-8", errors="replace")
        except FileNotFoundError:
            text = ""
        except OSError as error:
            raise self._unusable(error) from None
        for line in text.split("\n"):
            self._take(line)
        self._cut_off = bool(text) and not text.endswith("\n")

    @contextmanager
    def held(self) -> Iterator[None]:
        """Keep other runs from writing at the same time.

        Raises:
            MoodleError: another run is writing, or the file cannot be written.

        """
        try:
            held = os.open(self.path, _FLAGS, 0o600)
        except OSError as error:
            raise self._unusable(error) from None
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            os.close(held)
            raise MoodleError(
                phrase(
                    "Another `grader moodle push` is writing from {{folder}}. Wait for it.",
                    folder=self.path.parent,
                )
            ) from None
        try:
            yield
        finally:
            os.close(held)

    def last(self, key: str) -> Line | None:
        """Return the last line on the grade with a key."""
        return self._last.get(key)

    def points_of(self, user: int) -> Decimal | None:
        """Return the points that were sent last for a user; None: none were."""
        try:
            return Decimal(self._points[user])
        except (KeyError, InvalidOperation):
            return None

    def note(self, key: str, state: State, at: int, users: Sequence[int], points: Decimal) -> None:
        """Note what happens to the grade of users, at a time in seconds since 1970.

        Raises:
            MoodleError: it cannot be noted; then nothing may be written to the site.

        """
        said = {"key": key, "state": state, "at": at, "users": users, "points": str(points)}
        line = json.dumps(said) + "\n"
        start = "\n" if self._cut_off else ""
        try:
            with os.fdopen(os.open(self.path, _FLAGS, 0o600), "ab") as file:
                file.write(f"{start}{line}".encode())
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            raise self._unusable(error) from None
        self._cut_off = False
        self._take(line)

    def _take(self, text: str) -> None:
        """Take one line; a run that was killed may have left half of one."""
        try:
            found: Any = json.loads(text)
            key, state, at = found["key"], found["state"], found["at"]
            points = {int(user): str(found["points"]) for user in found["users"]}
        except (ValueError, RecursionError, TypeError, KeyError):
            return
        if isinstance(key, str) and state in _STATES and type(at) is int:
            self._last[key] = Line(state, at)
            self._points |= {} if state == "refused" else points

    def _unusable(self, error: OSError) -> MoodleError:
        return MoodleError(
            phrase(
                "{{file}} cannot be used: {{reason}}. Without it grades could be written twice.",
                file=self.path,
                reason=reason(error),
            )
        )
