"""Gradescope, "Export submissions": ``submission_metadata.yml`` beside one folder a submission.

Its keys start with a colon. A submission of several students counts for each of them.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import yaml

from grader.batch.intake.entries import METADATA, Entry
from grader.batch.intake.owned import Owned, Owner
from grader.batch.problems import BatchProblem
from grader.course.data import refuse_deep
from grader.judge.unreadable import Unreadable

if TYPE_CHECKING:
    from collections.abc import Iterator

# As text: ids keep their zeros, times their zone.
_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_BEFORE_ZONE = re.compile(r"\s+(?=Z|[+-]\d\d:?\d\d$)")


def is_gradescope(entries: list[Entry]) -> bool:
    """Tell whether an export of Gradescope's lies here."""
    return any(entry.parts == (METADATA,) for entry in entries)


class Export:
    """An export: what its metadata tell of each folder."""

    def __init__(self, entries: list[Entry]) -> None:
        """Read the metadata. Raises BatchProblem."""
        self._entries = [entry for entry in entries if entry.parts != (METADATA,)]
        metadata = next(entry for entry in entries if entry.parts == (METADATA,))
        try:
            text = metadata.read()
            refuse_deep(text)
            data = yaml.load(text, _LOADER)  # noqa: S506 - a loader that knows text only
        except (yaml.YAMLError, ValueError, RecursionError, OSError, Unreadable):
            data = None
        if not isinstance(data, dict):
            raise BatchProblem("batch.metadata", file=metadata.path)
        self._told: dict[str, Any] = {str(folder): told for folder, told in data.items()}

    def owners(self) -> Iterator[Owner]:
        """Yield all submitters, also those whose folder is empty."""
        for told in self._told.values():
            yield from _owners(told)

    def owned(self) -> Iterator[Owned]:
        """Yield the files with their owners."""
        for entry in self._entries:
            told = self._told.get(entry.parts[0]) if len(entry.parts) > 1 else None
            owners = list(_owners(told))
            if not owners:
                yield Owned(entry, None, entry.parts)
            history = told.get(":history") if isinstance(told, dict) else None
            attempt = 1 + len(history) if isinstance(history, list) else None
            submitted_at = _time(told.get(":created_at")) if isinstance(told, dict) else None
            for owner in owners:
                inside = entry.parts[1:]
                yield Owned(entry, owner, inside, attempt, submitted_at=submitted_at)


def _owners(told: Any) -> Iterator[Owner]:
    submitters = told.get(":submitters") if isinstance(told, dict) else None
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
