"""Errors for files, or texts in them, that cannot be read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.errors import GraderError

if TYPE_CHECKING:
    from grader.report.models import Scalar

# Characters of a student's text in a message, and of a file name (NAME_MAX of Linux is 255).
_TEXT_LIMIT = 60
_NAME_LIMIT = 255


class UnreadableSubmissionError(GraderError):
    """A submission cannot be read: ``id`` of a message and its ``arguments``."""

    def __init__(self, id: str, **arguments: Scalar) -> None:  # noqa: A002 - the report's word
        super().__init__(f"{id} {arguments}")
        self.id = id
        self.arguments: dict[str, Scalar] = arguments


def quote_for_message(text: str, limit: int = _TEXT_LIMIT) -> str:
    """Return a student's text for use in a message: one line, short, no control characters."""
    clean = "".join(_shown(character) for character in " ".join(text[: 4 * limit].split()))
    return clean if len(clean) <= limit else clean[: limit - 1] + "…"


def displayable_name(name: str) -> str:
    """Return a file's name; characters that no report can contain become ``�``."""
    return "".join(map(_shown, name))[-_NAME_LIMIT:]


def _shown(character: str) -> str:
    # Lone surrogates represent bytes of a file name that are not UTF-8; JSON cannot contain them.
    if "\ud800" <= character <= "\udfff" or ord(character) < ord(" "):
        return "�"
    return "�" if "\x7f" <= character <= "\x9f" else character
