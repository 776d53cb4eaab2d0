"""Text files of many parts: each begins with a line `=== title`."""

import re
from collections.abc import Mapping
from pathlib import Path

HEAD = re.compile(r"^=== (.+)\n", re.MULTILINE)


def sections(path: Path) -> dict[str, str]:
    """Return the parts of a file, by their titles."""
    parts = HEAD.split(path.read_text(encoding="utf-8"))[1:]
    return dict(zip(parts[0::2], parts[1::2], strict=True))


def written(parts: Mapping[str, str]) -> str:
    """Return parts, by their titles, as the text of a file."""
    return "".join(f"=== {title}\n{text}" for title, text in parts.items())
