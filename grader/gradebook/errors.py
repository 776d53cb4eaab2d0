"""Errors of a gradebook, and of requests to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from grader.course.phrases import Phrase

# PostgreSQL keeps at most 2,704 bytes of a row in an index, and a character may take six.
ID_LIMIT = 255


class GradebookError(Exception):
    """A gradebook cannot be used as asked. ``where`` is its place, without a password.

    ``reason`` is a phrase, if there is one for it; ``detail`` is further text, such as the
    database's message.
    """

    def __init__(self, where: str, detail: str = "", reason: Phrase | None = None) -> None:
        super().__init__(where, detail)
        self.where = where
        self.detail = detail
        self.reason = reason


class NoGradebook(GradebookError):  # noqa: N818 - the name is the sentence
    """There is no gradebook at this place yet."""


class NotAGradebook(GradebookError):  # noqa: N818
    """Something else is at this place; it is left unchanged."""


class DamagedGradebook(GradebookError):  # noqa: N818
    """The stored data cannot be read."""


class NewerGradebook(GradebookError):  # noqa: N818
    """A later version of the grader has written it; ``detail`` is the version of its tables."""


class GradebookBusy(GradebookError):  # noqa: N818
    """Another process has been writing for too long."""


class GradebookUnavailable(GradebookError):  # noqa: N818
    """The database cannot be reached or written. What was recorded before is still there."""


class LongStudent(GradebookError):  # noqa: N818
    """A student's id, ``detail``, has more than ID_LIMIT characters: no index could hold it."""


class MissingDriver(GradebookError):  # noqa: N818
    """A package is not installed; ``detail`` is the extra of the grader that contains it."""


class UnknownStudent(LookupError):  # noqa: N818
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


class WrongMark(ValueError):  # noqa: N818
    """A mark is not a number from 0 to the maximum with at most two decimals, or lacks a reason.

    ``bonus``: it would be allowed as a bonus, above the maximum.
    """

    def __init__(self, maximum: str, *, bonus: bool = False) -> None:
        super().__init__(maximum)
        self.maximum = maximum
        self.bonus = bonus


class NoReason(ValueError):  # noqa: N818
    """Removing and merging need a reason."""


class NothingThere(LookupError):  # noqa: N818
    """There is no such object to remove, merge or restore."""
