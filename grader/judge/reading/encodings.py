"""The character encoding of a file that was handed in."""

from __future__ import annotations

import codecs
import io
import re
import tokenize

from grader.course.unreadable import UnreadableSubmissionError

_COOKIE = re.compile(rb"^[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)", re.MULTILINE)
# Character sets of common editors in which each ASCII character is that byte and no other. Others
# that Python decodes are no text (rot13), take minutes for a hostile file (idna, punycode), join
# lines or hide characters in other bytes (hz, utf-7, iso2022, EBCDIC), or replace characters that
# Python's grammar needs (cp864, johab, shift_jis_2004).
_CHARACTER_SETS = re.compile(
    r"utf-8(-sig)?|ascii|cp(125\d|1006|1125|437|720|737|775|8(5[025678]|6[0-3569]|74)|932|949|950)"
    r"|iso8859-\d+|koi8-[rtu]|mac-(croatian|cyrillic|greek|iceland|latin2|roman(ian)?|turkish)"
    r"|ptcp154|kz1048|big5(hkscs)?|gb(k|2312|18030)|euc_\w+|shift_jis"
)


def declared_encoding(data: bytes, name: str) -> str:
    """Return the encoding of Python source: its byte order mark, its cookie, else UTF-8."""
    try:
        encoding, _ = tokenize.detect_encoding(io.BytesIO(data).readline)
    except SyntaxError:
        decoded(data, "utf-8-sig", name)  # the usual reason, reported with its line and byte
        encoding = ""
    if not encoding or not _CHARACTER_SETS.fullmatch(codecs.lookup(encoding).name):
        cookie = _COOKIE.search(data)
        declared = cookie[1].decode("ascii", "replace") if cookie else encoding
        raise UnreadableSubmissionError("read.encoding_unknown", file=name, encoding=declared[:40])
    return encoding


def decoded(data: bytes, encoding: str, name: str) -> str:
    """Return the text of a file.

    Raises:
        UnreadableSubmissionError: ``read.encoding``, with the line and the byte.

    """
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        byte = f"0x{data[error.start]:02X}"
        raise UnreadableSubmissionError("read.encoding", file=name, line=line, byte=byte) from None
