"""Versions of one student's upload, if the system keeps several: sorted and numbered.

Submitty records beside the folders of a student's versions which of them counts.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from grader.batch.name_words import is_version
from grader.batch.names import natural, same_id
from grader.batch.times import stamp
from grader.course.unreadable import UnreadableSubmissionError
from grader.judge.reading.submission import ANSWERS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from grader.batch.lms.ownership import OwnedFile, Owner
    from grader.batch.times import Time

_SETTINGS, _SETTINGS_LIMIT = "user_assignment_settings.json", 1  # MiB
_NUMBER = re.compile(r"[0-9]+\Z")


def in_folders(files: list[OwnedFile]) -> list[OwnedFile]:
    """Return the files of a tree, with those in folders of versions as versions.

    Such folders are the system's if most students have them, or if Submitty's settings are beside
    them: a student's own folder names make no second try.
    """
    places = [_version_at(one) for one in files]
    active = {
        (one.owner, one.given[:-1]): _active(one)
        for one, at in zip(files, places, strict=True)
        if at is None and one.given[-1] == _SETTINGS
    }
    everybody, some = set(), set()
    for one, at in zip(files, places, strict=True):
        if one.owner is not None and one.given[-1].lower().endswith(ANSWERS):
            everybody.add(one.owner)
            some |= {one.owner} if at is not None else set()
    if not active and 2 * len(some) <= len(everybody):
        return files
    found = [_of_a_version(one, at, active) for one, at in zip(files, places, strict=True)]
    return counted((one, stamp(one.upload)) for one in found)


def _version_at(one: OwnedFile) -> int | None:
    folders = range(len(one.given) - 1)
    return next((at for at in folders if is_version(one.given[at])), None)


def _of_a_version(
    one: OwnedFile, at: int | None, active: dict[tuple[Owner | None, tuple[str, ...]], str]
) -> OwnedFile:
    if at is None:
        return replace(one, aside="batch.system_file") if one.given[-1] == _SETTINGS else one
    version = one.given[at]
    wanted = active.get((one.owner, one.given[:at]), version)
    return replace(
        one,
        given=one.given[:at] + one.given[at + 1 :],
        upload=version,
        aside="" if version == wanted else "batch.inactive_version",
    )


def _active(settings: OwnedFile) -> str:
    """Return the version that counts; ``0``, which no version has, if the student withdrew all."""
    try:
        settings_read = json.loads(settings.entry.read_up_to(_SETTINGS_LIMIT))
        return str(int(settings_read["active_version"]))
    except (OSError, UnreadableSubmissionError, ValueError, TypeError, KeyError, RecursionError):
        return "0"


def counted(files: Iterable[tuple[OwnedFile, Time | None]]) -> list[OwnedFile]:
    """Return the files with the numbers of their versions: the system's own, else by time."""
    known = list(files)
    uploads: dict[str, dict[tuple[object, ...], str]] = defaultdict(dict)
    for one, time in known:
        if one.owner is not None and one.upload:
            uploads[same_id(one.owner.key)][_key(one, time)] = one.upload
    numbers = {
        (student, upload): number
        for student, found in uploads.items()
        for number, upload in _numbered([found[key] for key in sorted(found)])
    }
    return [
        one
        if one.owner is None or not one.upload
        else replace(one, attempt=numbers[same_id(one.owner.key), one.upload])
        for one, _ in known
    ]


def _numbered(uploads: list[str]) -> list[tuple[int, str]]:
    """Return uploads in order with their numbers: those in their names, if all have one."""
    names = list(dict.fromkeys(uploads))
    own = [_NUMBER.search(name) for name in names]
    if all(own) and not any(map(stamp, names)):
        return [(int(found[0]), name) for found, name in zip(own, names, strict=True) if found]
    return list(enumerate(names, start=1))


def _key(one: OwnedFile, time: Time | None) -> tuple[object, ...]:
    return (time is not None, time or (), natural(one.upload), one.upload)
