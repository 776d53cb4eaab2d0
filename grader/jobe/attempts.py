"""The attempts of students, counted and spaced out by the rules of a class.

They are kept in a file, a line of JSON each, so that a restart forgets nothing. One that was not
judged, for lack of room or by a fault of the grader, is none.
"""

from __future__ import annotations

import datetime as dt
import fcntl
import json
from collections import defaultdict
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Any

from grader.course.phrases import phrase
from grader.course.system_errors import reason
from grader.jobe.errors import AttemptsFileError, RefusedError
from grader.jobe.protocol import BAD_REQUEST

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from grader.classroom.rules import ClassRules, ExerciseRules, Permission

REFUSED = 401
"""CodeRunner then says "Sandbox submission limit reached": no mark, and no attempt."""


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


class Attempts:
    """Who tried what when; only one server may have a file open."""

    def __init__(
        self, rules: ClassRules, file: Path, now: Callable[[], dt.datetime] = _now
    ) -> None:
        """Read the attempts so far, and keep the file open for more.

        Raises:
            AttemptsFileError: it cannot be read or written, holds something else, or is in use.

        """
        self._rules = rules
        self._now = now
        self._made: dict[tuple[str, str], list[dt.datetime]] = defaultdict(list)
        with ExitStack() as opened:
            try:
                self._file = opened.enter_context(file.open("a+b"))
                fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                self._file.seek(0)
                written = self._file.read()
                whole = written[: written.rfind(b"\n") + 1]
                for line in whole.splitlines():
                    self._read(json.loads(line))
                self._file.truncate(len(whole))  # a line that was not written to its end
            except BlockingIOError:
                raise AttemptsFileError(
                    phrase("{{file}} is in use by a server", file=file)
                ) from None
            except OSError as error:
                why = reason(error)
                what = phrase("{{file}} cannot be used: {{reason}}", file=file, reason=why)
                raise AttemptsFileError(what) from None
            except (ValueError, KeyError, TypeError):
                what = phrase("{{file}} holds something other than attempts", file=file)
                raise AttemptsFileError(what) from None
            opened.pop_all()

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    @contextmanager
    def attempt(self, student: str | None, exercise: str) -> Iterator[None]:
        """Hold an attempt while it is judged; an exception takes it back.

        Raises:
            RefusedError: it may not be made now, or nobody knows whose it is.

        """
        rules = self._rules.of(exercise)
        if rules.attempts is None and not rules.pause:
            yield
            return
        if student is None:
            raise RefusedError(
                BAD_REQUEST,
                "Attempts are counted here, and the question does not tell whose they are: "
                "export it again with --students.",
            )
        permission = rules.may_try(list(self._times(student, exercise, rules)), self._now())
        if not permission.allowed:
            raise RefusedError(REFUSED, _why(permission))
        at, mine = self._now(), self._made[student, exercise]
        mine.append(at)
        try:
            yield
        except BaseException:
            mine.remove(at)
            raise
        self._write(student, exercise, at)

    def _times(self, student: str, exercise: str, rules: ExerciseRules) -> Iterator[dt.datetime]:
        """Yield when a student, or the team, has tried."""
        team = next((one for one in rules.teams.values() if student in one), (student,))
        for member in team:
            yield from self._made[member, exercise]

    def _read(self, line: dict[str, Any]) -> None:
        at = dt.datetime.fromisoformat(line["at"])
        if at.tzinfo is None:
            raise ValueError(line["at"])
        self._made[str(line["student"]), str(line["exercise"])].append(at)

    def _write(self, student: str, exercise: str, at: dt.datetime) -> None:
        line = {"student": student, "exercise": exercise, "at": at.isoformat()}
        self._file.write(json.dumps(line).encode() + b"\n")
        self._file.flush()


def _why(permission: Permission) -> str:
    if permission.wait is None:
        return "There are no attempts left."
    return f"The next attempt may be made in {permission.wait} seconds."
