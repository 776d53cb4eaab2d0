"""The choice of the answer among a student's files: the one that defines the asked functions.

Tests, helpers, plots, backups and checkpoints beside an answer are none, unless only they define an
asked function. A file is read only if there is a choice, and never run or parsed: its definitions
are found line by line, without strings and comments.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property, partial
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from grader.batch.intake.definitions import Defines, defined
from grader.batch.names import natural
from grader.course.language_words import pattern, words
from grader.course.unreadable import UnreadableSubmissionError
from grader.judge.reading.submission import read_bytes, size_limit

if TYPE_CHECKING:
    from grader.batch.intake.definitions import Asked
    from grader.batch.lms.ownership import OwnedFile

_LOOKED_AT = 20  # files of one try that are read
_TEST = re.compile(
    r"(?:.*[ _.-])?(?:unit|py)?test(?:s|ing)?(?:[ _.-].*|\d*)|conftest|setup", re.IGNORECASE
)
_TEST_FOLDERS = frozenset(words("file_names", "tests"))
_HELPER, _OLD = (
    re.compile(rf"(?:.*[ _.-])?(?:{pattern('file_names', name)})(?:[ _.-].*|\d*)", re.IGNORECASE)
    for name in ("helper", "old")
)
_CHECKPOINT = re.compile(r".*-checkpoint", re.IGNORECASE | re.DOTALL)


class Role(IntEnum):
    """The role of a file, by its name."""

    CHECKPOINT = 0
    TEST = 1
    OLD = 2
    HELPER = 3
    ANSWER = 4


def role_of(given: tuple[str, ...]) -> Role:
    """Return the role of a file, by its name and those of its folders."""
    stem = PurePosixPath(given[-1]).stem
    folders = {part.casefold() for part in given[:-1]}
    if _CHECKPOINT.fullmatch(stem):
        return Role.CHECKPOINT
    if _TEST.fullmatch(stem) or folders & _TEST_FOLDERS:
        return Role.TEST
    if _OLD.fullmatch(stem) or any(map(_OLD.fullmatch, folders)):
        return Role.OLD
    return Role.HELPER if _HELPER.fullmatch(stem) else Role.ANSWER


@dataclass(frozen=True)
class AnswerCandidate:
    """A file that may be the answer; ``named``: its name identifies the exercise."""

    owned: OwnedFile
    named: bool
    asked: Asked

    @cached_property
    def role(self) -> Role:
        """The role by its name."""
        return role_of(self.owned.given)

    @cached_property
    def look(self) -> tuple[bytes, Defines]:
        """A key of its content, and how much of what is asked it defines."""
        try:
            data = reader(self.owned)()
        except (OSError, UnreadableSubmissionError):
            return b"", Defines.NOTHING
        digest = hashlib.sha256(data).digest()
        try:
            source = (
                read_bytes(data, self.owned.given[-1], "code").source if self.asked.names else ""
            )
        except UnreadableSubmissionError:
            return digest, Defines.NOTHING
        return digest, defined(source, self.asked)

    @property
    def defines(self) -> Defines:
        """How much of what is asked it defines."""
        return self.look[1]

    @property
    def rank(self) -> tuple[int, ...]:
        """The sort key that puts the answer last: by definition, role, and exercise in the name."""
        likely = self.role >= Role.HELPER
        sure = self.defines is Defines.ALL
        return (
            (self.defines > 0 and likely) or (sure and self.role is Role.OLD),
            likely,
            sure,
            self.role,
            self.named,
        )

    @property
    def order(self) -> tuple[object, ...]:
        """The sort key that puts the newest last, by the times in names."""
        given = self.owned.given
        stem = natural(PurePosixPath(given[-1]).stem)
        return self.owned.order, -len(given), stem, given, natural(self.owned.entry.path)


def reader(one: OwnedFile) -> Callable[[], bytes]:
    """Return the function that reads a file, up to the limit for its original name."""
    return partial(one.entry.read_up_to, size_limit(one.given[-1]))


@dataclass(frozen=True)
class Choice:
    """The graded file of a try, None: there is no answer; ``doubt``: another might be it."""

    answer: OwnedFile | None
    doubt: bool = False


def choose(files: list[AnswerCandidate]) -> Choice:
    """Return the answer among the files of one try."""
    if len(files) == 1 and files[0].role >= Role.OLD:
        return Choice(files[0].owned)
    files = sorted(files, key=lambda one: (one.role, one.named, one.order))[-_LOOKED_AT:]
    best = max(files, key=lambda one: (one.rank, one.order))
    if best.role is Role.TEST and best.defines is not Defines.ALL:
        return Choice(None)
    others = [one for one in files if one.look[0] != best.look[0]]
    rivals = [
        one for one in others if (one.rank == best.rank if best.rank[0] else one.role >= Role.OLD)
    ]
    return Choice(best.owned, doubt=bool(rivals) or best.role < Role.HELPER)
