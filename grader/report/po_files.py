"""``python -m grader.report.po_files [LANG …]``: bring the translations of messages up to date.

Each file i18n/<lang>/LC_MESSAGES/grader.po gets what is new as empty entries, and what the program
does not say any more is commented out (``#~``), until it says it again. All else stays as it is, to
the byte. A language that has no file yet gets one.
"""

from __future__ import annotations

import io
import re
import sys
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from babel import Locale, UnknownLocaleError
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from grader.course.languages import CATALOGUE as PLACE
from grader.course.languages import LANGUAGES, SOURCE, folder_of
from grader.report.messages import CATALOGUE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Key = tuple[str | tuple[str, str], str | None]
"""What a message is found by: its English, or both forms of it, and its context."""

_KEYWORDS = {"t": None, "plural": (1, 2), "msgid": None, "phrase": None, "phrases": (1, 2)}
_WIDTH = 100
_BEGINS = re.compile(r"(?:#~ )?(?:msgctxt|msgid) |#(?!~)")
_TRANSLATES = re.compile(r"(?:#~ )?msgstr")
_HEADER = """\
msgid ""
msgstr ""
"Language: {lang}\\n"
"Plural-Forms: {forms}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"""


@cache
def messages() -> tuple[Key, ...]:
    """Return all that the program says: the catalogue of reports, then the sentences in the code.

    The contexts of the former are their ids.
    """
    found: dict[Key, None] = {}
    for id_, template in CATALOGUE.items():
        english: str | tuple[str, str]
        english = template.other if template.one is None else (template.one, template.other)
        found[english, id_] = None
    package = Path(__file__).resolve().parents[1]
    for _, _, extracted, _, _ in extract_from_dir(
        package, [("**.py", "python")], keywords=_KEYWORDS
    ):
        found[extracted if isinstance(extracted, str) else (extracted[0], extracted[1]), None] = (
            None
        )
    return tuple(found)


def new_file(lang: str) -> str:
    """Return a file of translations that holds none.

    Raises:
        ValueError, UnknownLocaleError: messages are not translated into that.

    """
    if lang == SOURCE:
        raise ValueError("the messages in the code are in this language")
    Locale.parse(lang)  # a catalogue takes any
    return _HEADER.format(lang=lang, forms=Catalog(locale=lang).plural_forms)


def updated(text: str, lang: str, said: Sequence[Key]) -> str:
    """Return the text of a file of translations with an entry for each message that is said."""
    entries = [(entry, *_read(entry, lang)) for entry in _entries(text)]
    known, missing = set(said), dict.fromkeys(said)
    for _, key, obsolete in entries:
        if key in missing and not obsolete:
            del missing[key]
    kept = []
    for entry, key, obsolete in entries:
        if key in missing:
            kept.append(_revived(entry))
            del missing[key]
        else:
            stays = key is None or obsolete or key in known
            kept.append(entry if stays else _retired(entry))
    header = read_po(io.StringIO(entries[0][0]), locale=lang)
    added = "".join(f"\n\n{_empty(key, header)}" for key in missing)
    return "".join(kept).rstrip("\n") + added + "\n"


def untranslated(text: str, lang: str) -> list[Key]:
    """Return the messages of a file without a translation, or a form of it, and fuzzy ones."""
    return [
        (_english(message), message.context)
        for message in read_po(io.StringIO(text), locale=lang)
        if message.id and (message.fuzzy or not message.string or not all(message.string))
    ]


def _entries(text: str) -> Iterator[str]:
    """Yield the header, then each entry with the comments above it and the empty lines below."""
    lines: list[str] = []
    translated = False
    for line in text.splitlines(keepends=True):
        if translated and _BEGINS.match(line):
            yield "".join(lines)
            lines, translated = [], False
        lines.append(line)
        translated = translated or _TRANSLATES.match(line) is not None
    yield "".join(lines)


def _read(entry: str, lang: str) -> tuple[Key | None, bool]:
    """Return the key of an entry, None for the header, and whether it is commented out."""
    read = read_po(io.StringIO(entry), locale=lang)
    for message in (*read, *read.obsolete.values()):
        if message.id:
            return (_english(message), message.context), bool(read.obsolete)
    return None, False


def _english(message: Message) -> str | tuple[str, str]:
    return message.id if isinstance(message.id, str) else (message.id[0], message.id[1])


def _retired(entry: str) -> str:
    lines = entry.splitlines(keepends=True)
    return "".join(line if line.isspace() or line[0] == "#" else f"#~ {line}" for line in lines)


def _revived(entry: str) -> str:
    return re.sub(r"^#~ ", "", entry, flags=re.MULTILINE)


def _empty(key: Key, header: Catalog) -> str:
    """Return an entry that is still to be translated, with the plural forms of a file's header."""
    one = Catalog(locale=header.locale)
    one.mime_headers = header.mime_headers
    one.add(key[0], context=key[1])
    written = io.BytesIO()
    write_po(written, one, width=_WIDTH, omit_header=True)
    return written.getvalue().decode().strip()


def main(wanted: Sequence[str]) -> int:
    """Write the files of these languages, or of all, and print how many messages each lacks."""
    said = messages()
    for lang in wanted or [lang for lang in LANGUAGES if lang != SOURCE]:
        file = folder_of(lang) / PLACE
        try:
            text = file.read_text(encoding="utf-8") if file.is_file() else new_file(lang)
            text = updated(text, lang, said)
            open_ = untranslated(text, lang)
        except (UnknownLocaleError, ValueError) as error:
            sys.stderr.write(f"{lang}: {error}\n")
            return 2
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8", newline="\n")
        sys.stdout.write(f"{file}: {len(open_)} of {len(said)} messages to be translated\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
