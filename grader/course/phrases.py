"""Sentences that are translated later, into a language that is not known yet.

An error deep inside is recorded as a ``Phrase``: English text and its arguments. The caller that
shows it has a translator. Babel extracts phrases with ``-k phrase -k phrases:1,2``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

from grader.course.languages import Translator

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True)
class Phrase:
    """A message of the code with its arguments, which may be phrases, or lists of them.

    With ``one``, the message is the plural form, and the argument ``n`` the number.
    """

    message: str
    args: Mapping[str, object] = field(default_factory=dict)
    one: str | None = None

    def localised(self, t: Translator) -> str:
        """Return the sentence in the language of a translator."""
        args = {name: localised_value(value, t) for name, value in self.args.items()}
        if self.one is None:
            return t(self.message, **args)
        n = args.pop("n")
        assert isinstance(n, int | float | Decimal)  # noqa: S101 - what counts is a number
        return t.plural(self.one, self.message, n, **args)

    def __str__(self) -> str:
        """Return the sentence in English."""
        return self.localised(Translator("en"))


def phrase(message: str, /, **args: object) -> Phrase:
    """Return a sentence for later translation."""
    return Phrase(message, args)


def phrases(one: str, other: str, n: float | Decimal, /, **args: object) -> Phrase:
    """Return a sentence with a plural for later translation; ``n`` is an argument too."""
    return Phrase(other, {"n": n, **args}, one)


def beside(what: object, more: object) -> Phrase:
    """Return two phrases joined by a colon, in a language's typography."""
    return phrase("{{what}}: {{more}}", what=what, more=more)


def localised_value(value: object, t: Translator) -> object:
    """Return an argument as text: phrases translated, lists joined by commas."""
    if isinstance(value, Phrase):
        return value.localised(t)
    if isinstance(value, tuple | list):
        return listed(value, t)
    return value


def listed(values: Iterable[object], t: Translator) -> str:
    """Return phrases and texts joined by commas."""
    return ", ".join(str(localised_value(value, t)) for value in values)


def either(names: Iterable[str], t: Translator) -> str:
    """Return names of which one is to be chosen, as a language writes them: a, b or c."""
    from babel.lists import format_list  # noqa: PLC0415 - said where something is wrong

    return format_list(list(names), "or", t.lang)


def in_a_row(texts: Iterable[str], t: Translator) -> str:
    """Return texts joined by semicolons, in a language's typography."""
    return t("; ").join(texts)


def joined(t: Translator, *parts: object) -> str:
    """Return the non-empty parts joined by colons, in a language's typography."""
    texts = [text for text in (str(localised_value(part, t)) for part in parts) if text]
    line = "".join(texts[:1])
    for part in texts[1:]:
        line = beside(line, part).localised(t)
    return line


def headed(what: object, t: Translator) -> str:
    """Return a text followed by a colon and a space, in a language's typography."""
    return t("{{what}}: {{more}}", what=what, more="")
