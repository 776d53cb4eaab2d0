"""Gradescope, "Export submissions": ``submission_metadata.yml`` beside one folder a submission.

Its keys start with a colon. A submission of several students counts for each of them. A student may
hand in a file of this name, too: only the one beside the folders that it lists is believed.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import yaml

from grader.batch.errors import LmsError
from grader.batch.lms.download import Contents, Download
from grader.batch.lms.ownership import OwnedFile, Owner
from grader.course.languages import msgid
from grader.course.unreadable import UnreadableSubmissionError
from grader.course.yaml_files import refuse_deep

if TYPE_CHECKING:
    from collections.abc import Iterator

    from grader.batch.intake.source_files import SourceFile
    from grader.batch.roster import Roster

METADATA, _LIMIT = "submission_metadata.yml", 64  # MiB
_BROKEN = msgid(
    "The file {{file}} of the Gradescope export cannot be understood. Export the submissions once "
    "more."
)
_FOLDER = re.compile(r"submission_[0-9]+")

# As text: ids keep their zeros, times their zone.
_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_BEFORE_ZONE = re.compile(r"\s+(?=Z|[+-]\d\d:?\d\d$)")


class Gradescope(Download):
    """An export of submissions, with metadata on each folder."""

    title = "Gradescope"
    example = ("submission_metadata.yml", "submission_1/ex11.py")
    rank = 3

    def contents(self, entries: list[SourceFile], /) -> Contents | None:
        """Return the files and owners by the metadata; None unless they list most of the folders.

        Raises:
            BatchError: the metadata cannot be understood.

        """
        metadata = next((entry for entry in entries if entry.parts == (METADATA,)), None)
        beside = {entry.parts[0] for entry in entries} - {METADATA}
        folders = {name for name in beside if _FOLDER.fullmatch(name)}
        if metadata is None or not _most(beside, folders):
            return None
        export = _Export(metadata, [entry for entry in entries if entry is not metadata])
        if not _most(beside, beside & export.folders):
            return None
        return list(export.owned()), list(export.owners())

    def owned(self, entries: list[SourceFile], _listed: Roster | None, /) -> list[OwnedFile]:
        """Return the files, whose names alone tell nobody."""
        return [OwnedFile(entry, None, entry.parts) for entry in entries]


def _most(all_: set[str], some: set[str]) -> bool:
    return 2 * len(some) > len(all_) or not all_


class _Export:
    """An export: the metadata on each of its folders."""

    def __init__(self, metadata: SourceFile, entries: list[SourceFile]) -> None:
        """Read the metadata.

        Raises:
            BatchError: they are malformed.

        """
        self._entries = entries
        try:
            text = metadata.read_up_to(_LIMIT)
            refuse_deep(text)
            data = yaml.load(text, _LOADER)  # noqa: S506 - a loader that knows text only
        except (yaml.YAMLError, ValueError, RecursionError, OSError, UnreadableSubmissionError):
            data = None
        if not isinstance(data, dict):
            raise LmsError("batch.metadata", _BROKEN, file=metadata.path)
        self._told: dict[str, Any] = {str(folder): told for folder, told in data.items()}

    @property
    def folders(self) -> set[str]:
        """The folders listed in the metadata."""
        return set(self._told)

    def owners(self) -> Iterator[Owner]:
        """Yield all submitters, also those whose folder is empty."""
        for metadata in self._told.values():
            yield from _owners(metadata)

    def owned(self) -> Iterator[OwnedFile]:
        """Yield the files with their owners."""
        for entry in self._entries:
            metadata = self._told.get(entry.parts[0]) if len(entry.parts) > 1 else None
            owners = list(_owners(metadata))
            if not owners:
                yield OwnedFile(entry, None, entry.parts)
            history = metadata.get(":history") if isinstance(metadata, dict) else None
            attempt = 1 + len(history) if isinstance(history, list) else None
            submitted_at = (
                _time(metadata.get(":created_at")) if isinstance(metadata, dict) else None
            )
            for owner in owners:
                yield OwnedFile(
                    entry,
                    owner,
                    entry.parts[1:],
                    attempt,
                    submitted_at=submitted_at,
                    upload=entry.parts[0],
                )


def _owners(metadata: Any) -> Iterator[Owner]:
    submitters = metadata.get(":submitters") if isinstance(metadata, dict) else None
    for submitter in submitters if isinstance(submitters, list) else ():
        if isinstance(submitter, dict):
            keys = (submitter.get(key) for key in (":sid", ":email"))
            ids = tuple(key for key in keys if isinstance(key, str) and key not in {"", "null"})
            name = submitter.get(":name")
            if ids:
                yield Owner(ids, name if isinstance(name, str) else "")


def _time(text: object) -> str | None:
    """Return a time as ISO 8601 in UTC; Gradescope's times without a zone are UTC."""
    if not isinstance(text, str):
        return None
    try:
        time = datetime.fromisoformat(_BEFORE_ZONE.sub("", text.strip()))
        time = time.replace(tzinfo=UTC) if time.tzinfo is None else time.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return time.isoformat(timespec="seconds")
