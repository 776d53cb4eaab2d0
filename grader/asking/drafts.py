"""Unfinished texts of a quiz, kept beside the answer file until they are an answer."""

from __future__ import annotations

import contextlib
import json
from typing import TYPE_CHECKING

from grader.course.atomic_file import replace_file

if TYPE_CHECKING:
    from pathlib import Path

DRAFTS = ".grader-drafts.json"


class Drafts:
    """The unfinished texts of one exercise in a folder, by question.

    What cannot be read is no draft, and what cannot be written is not kept: it is a convenience.
    """

    def __init__(self, folder: Path, exercise: str) -> None:
        self._path = folder / DRAFTS
        self._exercise = exercise

    def get(self, question: str) -> str:
        """Return the text of a question, empty if there is none."""
        text = self._all().get(self._exercise, {}).get(question, "")
        return text if isinstance(text, str) else ""

    def put(self, question: str, text: str) -> None:
        """Keep a text, or forget it if it is empty."""
        if text == self.get(question):
            return
        kept = self._all()
        own = {id_: one for id_, one in kept.get(self._exercise, {}).items() if id_ != question}
        if text:
            own[question] = text
        kept[self._exercise] = own
        kept = {exercise: texts for exercise, texts in kept.items() if texts}
        with contextlib.suppress(OSError):
            if kept:
                data = json.dumps(kept, indent=1)
                replace_file(self._path, f"{data}\n".encode())
            else:
                self._path.unlink(missing_ok=True)

    def _all(self) -> dict[str, dict[str, object]]:
        try:
            kept = json.loads(self._path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        if not isinstance(kept, dict):
            return {}
        return {id_: texts for id_, texts in kept.items() if isinstance(texts, dict)}
