"""What one run of the server serves, and to whom."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from grader.course.loading import Course

HOST = "127.0.0.1"


@dataclass(frozen=True)
class Serving:
    """A course and a folder of answers, at an address that only its reader knows.

    ``lang``: the language where the address names none; ``edit``: whether code may be written in
    the browser.
    """

    course: Course
    folder: Path
    lang: str
    token: str
    port: int
    edit: bool = False

    @property
    def origin(self) -> str:
        """The origin of all pages."""
        return f"http://{HOST}:{self.port}"

    @property
    def address(self) -> str:
        """The address to open."""
        return f"{self.origin}/{self.token}/"
