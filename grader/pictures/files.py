"""Pictures as files: PNG and SVG, and beside them the same in words."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from grader.course.plain_text import markdown_to_text
from grader.pictures.render_scene import plotted

if TYPE_CHECKING:
    from pathlib import Path

    from grader.course.languages import Translator
    from grader.pictures.kind import Drawing

FORMATS = ("png", "svg")
_UNFIT = re.compile(r"[^a-z0-9_]+")
# Columns of the picture as text.
_WIDTH = 100


@dataclass(frozen=True)
class Titled:
    """A drawing with its name, and its caption in a language."""

    name: str
    caption: str
    drawing: Drawing


def write(folder: Path, titled: Titled, t: Translator) -> list[Path]:
    """Write a picture into a folder, which is created if needed; return the files.

    Raises:
        OSError: they cannot be written.
        ModuleNotFoundError: matplotlib is not installed.

    """
    caption = _in_a_line(titled.caption)
    alternative = titled.drawing.alternative(t)
    drawn = {kind: io.BytesIO() for kind in FORMATS}
    plotted(titled.drawing.scene(t), caption, alternative, drawn)
    folder.mkdir(parents=True, exist_ok=True)
    stem = _UNFIT.sub("_", titled.name.lower())[:80]
    written = []
    for kind, stream in drawn.items():
        written.append(folder / f"{stem}.{kind}")
        written[-1].write_bytes(stream.getvalue())
    written.append(folder / f"{stem}.txt")
    words = markdown_to_text(f"{caption}\n\n{alternative}\n", _WIDTH)
    written[-1].write_text(f"{words}\n", encoding="utf-8", newline="\n")
    return written


def as_svg(drawing: Drawing, caption: str, t: Translator) -> bytes:
    """Return a picture as SVG.

    Raises:
        ModuleNotFoundError: matplotlib is not installed.

    """
    stream = io.BytesIO()
    plotted(drawing.scene(t), _in_a_line(caption), drawing.alternative(t), {"svg": stream})
    return stream.getvalue()


def _in_a_line(caption: str) -> str:
    """Return a caption as plain text, without markup."""
    return " ".join(markdown_to_text(caption, 10_000).replace("`", "").split())
