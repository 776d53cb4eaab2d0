"""Files that a student handed in beside the answer: their encoding, and which can be imported.

An answer as bytes, for a judge, a result's key or a gradebook, includes its helpers.
"""

from __future__ import annotations

import base64
import json
import re
import sys
from typing import TYPE_CHECKING

from grader.course.unreadable import UnreadableSubmissionError

if TYPE_CHECKING:
    from collections.abc import Mapping

# Helpers of a submission; the rest cannot be imported.
MOST = 100
LARGEST = 4 << 20  # characters in total
_PATH = re.compile(r"[^\W\d]\w*(/[^\W\d]\w*)*\.py")
_MARK = b"\0answer and helpers\0"  # no source begins with a null byte
# Modules of the student process with these names must not be mistaken for helpers.
_OURS = frozenset({"grader", "submission", "drive", "numpy", "torch"})


def bundled(answer: bytes, beside: Mapping[str, bytes]) -> bytes:
    """Return the bytes of an answer joined with those of the files beside it, by path.

    Without such files they are the answer's own bytes.
    """
    if not beside:
        return answer
    coded = {path: _coded(beside[path]) for path in sorted(beside)}
    return _MARK + json.dumps({"answer": _coded(answer), "beside": coded}).encode()


def unbundled(data: bytes, name: str) -> tuple[bytes, dict[str, bytes]]:
    """Return an answer and the files beside it.

    Raises:
        UnreadableSubmissionError: the bundle is damaged.

    """
    if not data.startswith(_MARK):
        return data, {}
    try:
        match json.loads(data.removeprefix(_MARK)):
            case {"answer": str(answer), "beside": dict(beside)}:
                return _decoded(answer), {path: _decoded(text) for path, text in beside.items()}
    except (ValueError, TypeError, RecursionError):
        pass
    raise UnreadableSubmissionError("read.null", file=name)


def _coded(data: bytes) -> str:
    return base64.b64encode(data).decode()


def _decoded(text: str) -> bytes:
    return base64.b64decode(text, validate=True)


def importable(helpers: Mapping[str, str], given: Mapping[str, str]) -> dict[str, str]:
    """Return the sources that an answer can import: none shadows another module."""
    found: dict[str, str] = {}
    size = 0
    for path, source in sorted(helpers.items()):
        size += len(source)
        if len(found) == MOST or size > LARGEST:
            break
        if _PATH.fullmatch(path) and not shadows(path, given):
            found[path] = source
    return found


def shadows(path: str, given: Mapping[str, str]) -> bool:
    """Return True if a helper has the name of another importable module."""
    name = path.partition("/")[0].removesuffix(".py")
    return name in _OURS or name in sys.stdlib_module_names or f"{name}.py" in given
