"""The entries of the catalogue."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Template:
    """An English sentence with ``{{name}}`` placeholders.

    With ``one``, it has plural forms: ``one`` and ``other``, chosen by the argument ``count_by``.
    """

    other: str
    one: str | None = None
    count_by: str = "n"


Catalogue = dict[str, Template]


def sentences(texts: dict[str, str]) -> Catalogue:
    """Return a catalogue of sentences without plural forms."""
    return {id_: Template(text) for id_, text in texts.items()}
