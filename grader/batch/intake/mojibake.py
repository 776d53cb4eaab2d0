"""Names in an unknown character set: zips made by old Windows, folders unpacked from them.

A set is chosen only if the roster, or else the words themselves, leave no doubt; otherwise the
names stay garbled, and this is reported.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from grader.batch.legacy_charsets import DOS, WINDOWS, readings, words_beyond_ascii
from grader.batch.names import cleaned_name

if TYPE_CHECKING:
    from grader.batch.intake.source_files import SourceFile, SourceFiles
    from grader.batch.roster import Roster

_SETS = (*DOS, *WINDOWS)
_LOOKED_AT = 2_000  # names that are compared: more do not help


def decode_names(entries: SourceFiles, listed: Roster | None) -> bool:
    """Decode the names of unknown encoding; return True if some stay garbled."""
    doubtful = [entry for entry in entries.files if entry.raw]
    if not doubtful:
        return False
    names = list(dict.fromkeys(entry.raw for entry in doubtful))[:_LOOKED_AT]
    encoding = _by_words(names) if listed is None else _by_roster(names, listed)
    if encoding is None:
        if listed is not None:
            _list_in_doubt(entries)
        return True
    entries.files = [_read(entry, encoding) if entry.raw else entry for entry in entries.files]
    entries.files.sort(key=lambda entry: entry.parts)
    return False


def _list_in_doubt(entries: SourceFiles) -> None:
    """List the files with a garbled student name: a wrong decoding may be another student's."""
    kept = []
    for entry in entries.files:
        place = entry.parts[:-1] or entry.parts
        if entry.raw and not "".join(place).isascii():
            entries.refuse(entry.path, "batch.garbled")
        else:
            kept.append(entry)
    entries.files = kept


def _by_roster(names: list[bytes], listed: Roster) -> str | None:
    """Return the set under which the names contain words of the roster, if it is the only one.

    If none does, the words themselves decide.
    """
    words = listed.words()
    hits: dict[str, int] = dict.fromkeys(_SETS, 0)
    for name in names:
        found = {encoding: _known(name, encoding, words) for encoding in _SETS}
        if len({frozenset(known) for known in found.values() if known}) > 1:
            return None
        for encoding, known in found.items():
            hits[encoding] += len(known)
    best = max(_SETS, key=lambda encoding: hits[encoding])
    return best if hits[best] else _by_words(names)


def _known(name: bytes, encoding: str, words: set[str]) -> set[str]:
    try:
        text = name.decode(encoding)
    except UnicodeDecodeError:
        return set()
    return words.intersection(words_beyond_ascii(cleaned_name(text.replace("/", " "))))


def _by_words(names: list[bytes]) -> str | None:
    """Return the only set under which the names are plausible words."""
    text = b"\n".join(names)
    if len(readings(text, _SETS)) != 1:
        return None
    return next(encoding for encoding in _SETS if readings(text, (encoding,)))


def _read(entry: SourceFile, encoding: str) -> SourceFile:
    parts = entry.raw.decode(encoding, "replace").split("/")
    return replace(entry, parts=tuple(part for part in parts if part not in {"", "."}), raw=b"")
