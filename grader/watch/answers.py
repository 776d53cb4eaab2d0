"""Answers as they are read while somebody may still be writing them."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from grader.batch.intake.definitions import bare
from grader.course.languages import LANGUAGES
from grader.judge.reading.submission import Submission, UnreadableSubmissionError, read

if TYPE_CHECKING:
    from pathlib import Path

    from grader.course.loading import LoadedExercise

QUIET = 0.15
"""Seconds for which what looks half written has to stay as it is, before it is judged."""
PATIENCE = 3.0
"""Seconds after which it is judged as it is, though it still changes."""


@dataclass(frozen=True)
class Answer:
    """The content of a file, or why it cannot be read."""

    submission: Submission | None
    error: UnreadableSubmissionError | None = None

    @property
    def hash(self) -> str | None:
        """SHA-256 of the bytes; None if they could not be read."""
        return None if self.submission is None else self.submission.hash

    @cached_property
    def is_whole(self) -> bool:
        """Whether nothing suggests that the file is still being written."""
        if self.submission is None or not self.submission.raw.strip():
            return False
        if self.submission.name.lower().endswith((".yaml", ".yml")):
            return self.submission.raw.endswith(b"\n")
        try:
            return bool(self.submission.tree.body)
        except SyntaxError:
            return False

    def is_same(self, other: Answer | None) -> bool:
        """Return True if both have the same content, or cannot be read for the same reason."""
        if other is None or self.hash is not None or other.hash is not None:
            return other is not None and self.hash == other.hash
        return str(self.error) == str(other.error)


def read_answer(path: Path, exercise: LoadedExercise) -> Answer | None:
    """Return the content of a file as it is now; None if there is no file."""
    try:
        kind, called = exercise.model.kind, exercise.is_called
        return Answer(read(path, kind, name=path.name, called=called))
    except UnreadableSubmissionError as error:
        return Answer(None, error) if path.exists() else None


async def settled(path: Path, exercise: LoadedExercise) -> Answer | None:
    """Return the content of a file, once it does not look half written any more.

    A file that is gone, cannot be parsed, or is empty may be in the middle of being saved: it is
    taken as it is when it has not changed for a moment.
    """
    loop = asyncio.get_running_loop()
    until = loop.time() + PATIENCE
    answer = await asyncio.to_thread(read_answer, path, exercise)
    while (answer is None or not answer.is_whole) and loop.time() < until:
        before = answer
        await asyncio.sleep(QUIET)
        answer = await asyncio.to_thread(read_answer, path, exercise)
        if answer is None if before is None else before.is_same(answer):
            break
    return answer


def is_untouched(text: str, exercise: LoadedExercise) -> bool:
    """Return True if the text of an answer is still that of the file to start from."""
    return bare(text) in _stubs(exercise)


@lru_cache(maxsize=64)
def _stubs(exercise: LoadedExercise) -> frozenset[str]:
    """Return the files to start from in every language, without comments and empty lines."""
    return frozenset(bare(exercise.stub(lang)) for lang in LANGUAGES)
