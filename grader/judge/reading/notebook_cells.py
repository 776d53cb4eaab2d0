"""The code cells of a notebook; also a program of its own: see `large_notebook.py`."""

from __future__ import annotations

import json
import sys
from typing import Any

from grader.ownwork.limits import limit_memory, limit_time

MEMORY = 52 << 20  # bytes beyond those of the empty process: 64 MiB in all
SECONDS = 2.0
_OTHER_LANGUAGES = frozenset(
    {
        "bash",
        "c++",
        "c++17",
        "java",
        "javascript",
        "julia",
        "matlab",
        "octave",
        "r",
        "rust",
        "scala",
    }
)
_NO_PROGRAMS = frozenset(
    {"html", "json", "latex", "markdown", "powershell", "shellscript", "sql", "xml", "yaml"}
)
_ENOUGH = 2 << 20  # characters: more than a submission may have


def main() -> None:
    """Write the code cells of the notebook on standard input as JSON, null if it is none.

    More code than a submission may have is truncated.
    """
    limit_memory(MEMORY)
    limit_time(SECONDS)
    try:
        cells = code_cells(json.load(sys.stdin.buffer))
    except MemoryError:
        sys.exit(1)
    except (ValueError, TypeError, RecursionError):
        sys.stdout.write("{}")
        return
    told, size = [], 0
    for cell in cells:
        told.append(cell[: _ENOUGH - size])
        size += len(told[-1])
        if size == _ENOUGH:
            break
    json.dump(told, sys.stdout)


def code_cells(notebook: Any) -> list[str]:
    """Return the source of the code cells.

    Raises:
        ValueError, TypeError: this is not a notebook.

    """
    return [_source(cell) if _is_run(cell) else "" for cell in _code_cells(notebook)]


def raising_cells(notebook: Any) -> frozenset[int]:
    """Return the numbers of the code cells, from 1, that are tagged as raising an exception."""
    code = enumerate(_code_cells(notebook), start=1)
    return frozenset(number for number, cell in code if _is_tagged(cell, "raises-exception"))


def _code_cells(notebook: Any) -> list[dict[str, Any]]:
    if not isinstance(notebook, dict):
        raise TypeError("a notebook is an object")
    if "cells" in notebook:
        cells = _list(notebook["cells"])
    else:
        sheets = [_object(sheet) for sheet in _list(notebook.get("worksheets"))]
        cells = [cell for sheet in sheets for cell in _list(sheet.get("cells", []))]
    return [cell for cell in map(_object, cells) if cell.get("cell_type") == "code"]


def language_of(notebook: Any) -> str | None:
    """Return the language of a notebook's kernel if it is known not to be Python."""
    metadata = notebook.get("metadata") if isinstance(notebook, dict) else None
    for key, name in (("kernelspec", "language"), ("language_info", "name")):
        about = metadata.get(key) if isinstance(metadata, dict) else None
        language = about.get(name) if isinstance(about, dict) else None
        if isinstance(language, str) and language.lower() in _OTHER_LANGUAGES:
            return language
    return None


def _is_run(cell: dict[str, Any]) -> bool:
    """Return False for a cell that is skipped, or is known to be in another language.

    VS Code, SoS and Deepnote have such cells beside those in Python. Answers to questions may be in
    a cell that is shown as YAML.
    """
    metadata = cell.get("metadata")
    if not isinstance(metadata, dict) or _is_tagged(cell, "skip-execution"):
        return not isinstance(metadata, dict)
    vscode = metadata.get("vscode")
    told = [
        vscode.get("languageId") if isinstance(vscode, dict) else None,
        metadata.get("kernel"),
        metadata.get("deepnote_cell_type"),
    ]
    others = _OTHER_LANGUAGES | _NO_PROGRAMS
    known = any(isinstance(one, str) and one.lower() in others for one in told)
    return not known or _source(cell).lstrip().startswith("%%")


def _is_tagged(cell: dict[str, Any], tag: str) -> bool:
    metadata = cell.get("metadata")
    tags = metadata.get("tags") if isinstance(metadata, dict) else None
    return isinstance(tags, list) and tag in tags


def _list(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise TypeError("a list is due")
    return value


def _object(value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise TypeError("an object is due")
    return value


def _source(cell: dict[str, Any]) -> str:
    r"""Return a cell's text, with ``\n`` line ends (format 3 calls it ``input``)."""
    parts = cell.get("source", cell.get("input"))
    if parts is None:
        return ""
    text = parts if isinstance(parts, str) else "".join(_list(parts))
    text.encode()  # a lone surrogate raises ValueError: no source file could contain it
    return text.replace("\r\n", "\n").replace("\r", "\n").removesuffix("\n")
