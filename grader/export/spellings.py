"""The spellings of a typed answer for systems that compare letter by letter.

The judge folds what makes no difference; here the usual ones are written out. Each is right by the
judge, which decides what is kept.
"""

from __future__ import annotations

import io
import tokenize
import unicodedata
from typing import TYPE_CHECKING

from grader.questions.forms import all_forms, is_form

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from grader.questions.forms import Compare


def spellings(forms: Any, compare: Compare, *, whole: bool = False) -> list[str]:
    """Return the spellings of a key's forms, those of the key first."""
    own = [str(form) for form in all_forms(forms)]
    made = (text for form in own for text in (_words(form) if compare == "words" else _code(form)))
    return [
        text
        for text in dict.fromkeys([*own, *made])
        if text.strip() and is_form(text, forms, compare, whole=whole)
    ]


def _words(form: str) -> Iterator[str]:
    plain = _without_accents(form)
    for text in dict.fromkeys([form, plain]):
        for quote in ("'", "’"):
            quoted = text.replace("'", quote).replace("’", quote)
            yield quoted
            yield quoted.replace("-", " ")
            yield quoted.replace(" ", "-")
            yield quoted.replace("-", "").replace(" ", "")
            yield f"{quoted}."


def _without_accents(text: str) -> str:
    apart = unicodedata.normalize("NFD", text)
    kept = "".join(one for one in apart if one not in "\u0300\u0301\u0302\u0308\u0327")
    return unicodedata.normalize("NFC", kept)


def _code(form: str) -> Iterator[str]:
    for quote, other in (("'", '"'), ('"', "'")):
        text = form if quote in form and other in form else form.replace(quote, other)
        yield text
        tokens = _tokens(text)
        if tokens:
            yield "".join(tokens)
            yield _spaced(tokens, equals=" = ")
            yield _spaced(tokens, equals="=")


def _tokens(text: str) -> list[str]:
    """Return the tokens of a line of Python; none of what Python cannot read."""
    try:
        read = list(tokenize.generate_tokens(io.StringIO(text).readline))
    except (tokenize.TokenError, SyntaxError):
        return []
    return [token.string for token in read if token.string.strip()]


def _spaced(tokens: list[str], equals: str) -> str:
    """Return tokens with the spaces that most people write."""
    text = ""
    for part in tokens:
        if part == "=":
            text = text.rstrip() + equals
        elif part == ",":
            text = f"{text.rstrip()}, "
        elif not part.isidentifier() and not part[0].isdigit() and part[0] not in "'\"()[]{}.,:":
            text = f"{text.rstrip()} {part} "
        elif part.isidentifier() and text[-1:].isalnum():
            text += f" {part}"
        else:
            text += part
    return text.strip()
