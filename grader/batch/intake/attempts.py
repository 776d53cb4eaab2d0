"""A student's tries at an exercise. Files that were handed in together are one try.

Modules beside an answer are passed along with it: it may import them.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from grader.batch.intake.answers import AnswerCandidate, Role, choose, reader, role_of
from grader.batch.models import Helper
from grader.course.unreadable import UnreadableSubmissionError
from grader.judge.reading.helper_modules import MOST

if TYPE_CHECKING:
    from grader.batch.intake.exercises import Exercises
    from grader.batch.lms.ownership import OwnedFile

_MODULE = re.compile(r"[^\W\d]\w*")


@dataclass(frozen=True)
class Try:
    """One try: its answer, None: there is none among its files.

    ``doubt``: another file could be the answer. ``along``: modules that it may import. ``others``:
    files that might have been the answer, and whether their names identify the exercise.
    """

    answer: OwnedFile | None
    doubt: bool
    along: tuple[OwnedFile, ...]
    others: tuple[tuple[OwnedFile, bool], ...]


@dataclass
class Tries:
    """All tries as they were handed in, and files of kinds that are not asked for."""

    tries: list[Try]
    wrong_kind: list[OwnedFile] = field(default_factory=list)


def tries_at(
    exercise: str, named: list[OwnedFile], unnamed: list[OwnedFile], wanted: Exercises
) -> Tries:
    """Return a student's tries at an exercise.

    ``named``: files whose names identify it; ``unnamed``: the student's files that name none. These
    answer it if only this exercise is requested and no file names it, or if only they in a try
    define what it asks for.
    """
    alone = exercise == wanted.default and not named
    files = unnamed if alone else named
    right: list[OwnedFile] = []
    wrong: list[OwnedFile] = []
    for one in files:
        (right if wanted.suffix_fits(exercise, one.given[-1]) else wrong).append(one)
    uploads: dict[str, list[AnswerCandidate]] = defaultdict(list)
    asked = wanted.asked_for(exercise)
    for one in right or files:
        uploads[one.upload].append(AnswerCandidate(one, not alone, asked))
    for one in () if alone else unnamed:
        if one.upload in uploads and wanted.suffix_fits(exercise, one.given[-1]):
            uploads[one.upload].append(AnswerCandidate(one, named=False, asked=asked))
    beside = [*named, *unnamed]
    tries = [_try(candidates, beside) for candidates in uploads.values()]
    return Tries(sorted(tries, key=_when), wrong if right and not alone else [])


def _when(one: Try) -> tuple[object, ...]:
    """Return the sort key of a try, the system's own numbering first."""
    if one.answer is None:
        return 0, 0, ""
    return one.answer.order, one.answer.attempt or 0, one.answer.submitted_at or ""


def _try(candidates: list[AnswerCandidate], beside: list[OwnedFile]) -> Try:
    telling = [one for one in candidates if one.named]
    # Others count if none of those that name the exercise defines what it asks for.
    sufficient = len(telling) == len(candidates) or (telling and _brings(telling))
    choice = choose(telling if sufficient else candidates)
    others = tuple((one.owned, one.named) for one in candidates if one.owned is not choice.answer)
    along = () if choice.answer is None else _helpers_of(choice.answer, beside)
    return Try(choice.answer, choice.doubt, along, others)


def _brings(candidates: list[AnswerCandidate]) -> bool:
    """Return True if one of the files can be the answer; a single file is not read."""
    return any(not one.asked.names or one.rank[0] for one in candidates)


def _helpers_of(answer: OwnedFile, beside: list[OwnedFile]) -> tuple[OwnedFile, ...]:
    """Return the modules that an answer mentions, and those that these mention."""
    found: dict[str, OwnedFile] = {}
    for one in sorted(beside, key=lambda one: (-len(one.given), one.order, one.given)):
        # Canvas does not identify uploads, but it numbers files of the same name.
        together = one.upload == answer.upload or (one.owner is not None and one.owner.squeezed)
        name = _helper_name(one, answer.given[:-1]) if together else ""
        if name and one.entry is not answer.entry and name != answer.given[-1]:
            found[name] = one
    along: dict[str, OwnedFile] = {}
    open_ = [answer]
    while open_ and found and len(along) < MOST:
        text = _bytes(open_.pop())
        for name in [name for name in found if _word(name) in text]:
            along[name] = found.pop(name)
            open_.append(along[name])
    return tuple(along[name] for name in sorted(along)[:MOST])


def _word(name: str) -> bytes:
    """Return the bytes that a source which imports a module contains, to exclude other answers."""
    parts = PurePosixPath(name).parts
    return (parts[0] if len(parts) > 1 else PurePosixPath(name).stem).encode()


def _bytes(one: OwnedFile) -> bytes:
    try:
        return reader(one)()
    except (OSError, UnreadableSubmissionError):
        return b""


def _helper_name(one: OwnedFile, folder: tuple[str, ...]) -> str:
    """Return the name of a module relative to an answer's folder; empty if it is none."""
    below = one.given[: len(folder)] == folder
    parts = one.given[len(folder) :] if below else one.given
    modules = [*parts[:-1], PurePosixPath(parts[-1]).stem]
    importable = parts[-1].endswith(".py") and all(map(_MODULE.fullmatch, modules))
    return "/".join(parts) if importable and role_of(one.given) is not Role.TEST else ""


def as_helper(one: OwnedFile, answer: OwnedFile) -> Helper:
    """Return a module in the form that is passed along with its answer."""
    return Helper(_helper_name(one, answer.given[:-1]), reader(one))
