"""Errors of a gradebook, and of requests to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.errors import GraderError

if TYPE_CHECKING:
    from grader.course.phrases import Phrase

# PostgreSQL keeps at most 2,704 bytes of a row in an index, and a character may take six.
ID_LIMIT = 255


class GradebookError(GraderError):
    """A gradebook cannot be used as asked. ``where`` is its place, without a password.

    ``reason`` is a phrase, if there is one for it; ``detail`` is further text, such as the
    database's message.
    """

    def __init__(self, where: str, detail: str = "", reason: Phrase | None = None) -> None:
        super().__init__(where, detail)
        self.where = where
        self.detail = detail
        self.reason = reason


class NoGradebookError(GradebookError):
    """There is no gradebook at this place yet."""


class NotAGradebookError(GradebookError):
    """Something else is at this place; it is left unchanged."""


class DamagedGradebookError(GradebookError):
    """The stored data cannot be read."""


class NewerGradebookError(GradebookError):
    """A later version of the grader has written it; ``detail`` is the version of its tables."""


class GradebookBusyError(GradebookError):
    """Another process has been writing for too long."""


class GradebookUnavailableError(GradebookError):
    """The database cannot be reached or written. What was recorded before is still there."""


class LongStudentIdError(GradebookError):
    """A student's id, ``detail``, has more than ID_LIMIT characters: no index could hold it."""


class MissingDriverError(GradebookError):
    """A package is not installed; ``detail`` is the extra of the grader that contains it."""


class UnknownStudentError(GraderError, LookupError):
    """No student of the gradebook has this id or name, or several have the name.

    ``several``: the ids of those who have it; ``close``: similar ids.
    """

    def __init__(
        self, name: str, *, close: tuple[str, ...] = (), several: tuple[str, ...] = ()
    ) -> None:
        super().__init__(name, close, several)
        self.name = name
        self.close = close
        self.several = several


class WrongMarkError(GraderError, ValueError):
    """A mark is not a number from 0 to the maximum with at most two decimals, or lacks a reason.

    ``bonus``: it would be allowed as a bonus, above the maximum.
    """

    def __init__(self, maximum: str, *, bonus: bool = False) -> None:
        super().__init__(maximum)
        self.maximum = maximum
        self.bonus = bonus


class NoReasonError(GraderError, ValueError):
    """Removing and merging need a reason."""


class NothingThereError(GraderError, LookupError):
    """There is no such object to remove, merge or restore."""
