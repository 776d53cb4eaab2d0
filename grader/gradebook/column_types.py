"""Column types for values that SQL databases do not store exactly, or not alike."""

from __future__ import annotations

import re
import zlib
from decimal import Decimal
from typing import TYPE_CHECKING

from sqlalchemy import Integer, LargeBinary, Text
from sqlalchemy.types import TypeDecorator

from grader.errors import GraderError

if TYPE_CHECKING:
    from sqlalchemy.engine import Dialect


class DamagedValueError(GraderError):
    """A column holds a value that the grader never writes."""


_UNSTORABLE = re.compile("[\\\\\0\ud800-\udfff]")
_ESCAPED = re.compile(r"\\u([0-9a-f]{4})")


class EscapedText(TypeDecorator[str]):
    """Any text: PostgreSQL refuses NUL, and both databases refuse surrogates of odd file names."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Escape characters that cannot be stored, and the backslash."""
        del dialect
        if value is None:
            return None
        return _UNSTORABLE.sub(lambda match: f"\\u{ord(match[0]):04x}", value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> str | None:
        """Return the original text."""
        del dialect
        if value is None:
            return None
        if not isinstance(value, str):  # SQLite keeps the type of a damaged record
            raise DamagedValueError
        return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), value)


class Hundredths(TypeDecorator[Decimal]):
    """Points: exact to 0.01, stored as an integer of hundredths."""

    impl = Integer
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> int | None:
        """Return hundredths."""
        del dialect
        return None if value is None else int(value * 100)

    def process_result_value(self, value: int | None, dialect: Dialect) -> Decimal | None:
        """Return points."""
        del dialect
        if value is None:
            return None
        if not isinstance(value, int):
            raise DamagedValueError
        return Decimal(value) / 100


class UnboundedInteger(TypeDecorator[int]):
    """An integer of any size, such as a seed."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: int | None, dialect: Dialect) -> str | None:
        """Return its digits."""
        del dialect
        return None if value is None else str(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> int | None:
        """Return the number."""
        del dialect
        if value is None:
            return None
        try:
            return int(value)
        except ValueError:
            raise DamagedValueError from None


class CompressedBytes(TypeDecorator[bytes]):
    """Compressed bytes: sources and reports shrink to a third or less."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: bytes | None, dialect: Dialect) -> bytes | None:
        """Compress."""
        del dialect
        return None if value is None else zlib.compress(value)

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> bytes | None:
        """Return the decompressed bytes."""
        del dialect
        if value is None:
            return None
        try:
            return zlib.decompress(value)
        except (zlib.error, TypeError):
            raise DamagedValueError from None
