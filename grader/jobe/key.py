"""The key that every request must have: from a file or the environment, and it goes nowhere."""

from __future__ import annotations

import hmac
import os
from typing import TYPE_CHECKING

from grader.course.phrases import phrase
from grader.course.system_errors import reason
from grader.jobe.errors import ApiKeyError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

VARIABLE = "GRADER_JOBE_KEY"
SHORTEST, LONGEST = 16, 40  # characters; CodeRunner takes no more


class ApiKey:
    """A secret that can be compared, and not printed."""

    def __init__(self, text: str) -> None:
        self._bytes = text.encode("ascii")

    def __repr__(self) -> str:
        return "ApiKey(…)"

    def opens(self, given: Sequence[str]) -> bool:
        """Return True if a request has this key: once or more, and no other. In constant time."""
        same = [hmac.compare_digest(one.encode("utf-8", "replace"), self._bytes) for one in given]
        return bool(same) and all(same)


def read_key(file: Path | None) -> ApiKey:
    """Return the key from a file, else from the environment.

    It is taken out of the environment: the processes that judge get it neither.

    Raises:
        ApiKeyError: there is none, or it is no key.

    """
    held = os.environ.pop(VARIABLE, None)
    if file is not None:
        try:
            held = file.read_text(encoding="utf-8-sig")
        except OSError as error:
            why = reason(error)
            what = phrase("{{file}} cannot be read: {{reason}}", file=file, reason=why)
            raise ApiKeyError(what) from None
        except UnicodeDecodeError:
            held = "\n"
    if held is None:
        raise ApiKeyError(
            phrase(
                "Name the file that holds the API key with --key-file FILE, or put the key into "
                "{{variable}}. A new key: `openssl rand -hex 20 > jobe.key`",
                variable=VARIABLE,
            )
        )
    text = held.strip()
    printable = text.isascii() and text.isprintable() and " " not in text
    if not printable or not SHORTEST <= len(text) <= LONGEST:
        raise ApiKeyError(
            phrase(
                "{{place}} holds no API key: that is one line of {{shortest}} to {{longest}} "
                "letters and digits. A new key: `openssl rand -hex 20 > jobe.key`",
                place=VARIABLE if file is None else file,
                shortest=SHORTEST,
                longest=LONGEST,
            )
        )
    return ApiKey(text)
