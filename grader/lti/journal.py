"""What was sent already: a line for each score that the platform has taken."""

from __future__ import annotations

import hashlib
import json
import os
from typing import TYPE_CHECKING

from grader.course.phrases import phrase
from grader.course.system_errors import reason
from grader.lti.errors import ConfigurationError

if TYPE_CHECKING:
    from pathlib import Path

    from grader.lti.scores import Score


class Journal:
    """A file of JSON lines beside grades.csv. What is in it is not sent again until it changes."""

    def __init__(self, file: Path) -> None:
        """Read what was sent.

        Raises:
            ConfigurationError: the file cannot be read or written.

        """
        self._file = file
        self._sent: dict[tuple[str, str], str] = {}
        try:
            text = file.read_text(encoding="utf-8", errors="replace") if file.exists() else ""
        except OSError as error:
            raise self._unusable(error) from None
        for line in text.splitlines():
            try:  # the last line may be cut where a run was killed
                entry = json.loads(line)
                self._sent[str(entry["item"]), str(entry["user"])] = str(entry["what"])
            except (ValueError, KeyError, TypeError):
                continue

    def holds(self, item: str, user: str, score: Score) -> bool:
        """Return True if this very score was the last that the platform has taken."""
        return self._sent.get((item, user)) == _what(score)

    def note(self, item: str, user: str, score: Score, at: str) -> None:
        """Note that the platform has taken a score, before anything else is sent.

        Raises:
            ConfigurationError: it cannot be written.

        """
        self._sent[item, user] = _what(score)
        entry = {
            "item": item,
            "user": user,
            "what": _what(score),
            "score": f"{score.given}/{score.maximum}",
            "at": at,
        }
        try:
            with self._file.open("ab") as file:
                file.write(f"\n{json.dumps(entry)}".encode())
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            raise self._unusable(error) from None

    def _unusable(self, error: OSError) -> ConfigurationError:
        why = reason(error)
        sentence = phrase("{{file}} cannot be used: {{reason}}", file=self._file, reason=why)
        return ConfigurationError(sentence)


def _what(score: Score) -> str:
    said = f"{score.given.normalize()}/{score.maximum.normalize()} {score.comment}"
    return hashlib.sha256(said.encode("utf-8", "replace")).hexdigest()[:16]
