"""Typed texts: their normal form, and comparison with the forms of a key."""

from __future__ import annotations

import ast
import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Literal

from grader.course.languages import LANGUAGES, msgid
from grader.course.unreadable import UnreadableSubmissionError, quote_for_message
from grader.questions.answers import Answer, is_blank, read_answers, text_of
from grader.questions.invisible import visible

if TYPE_CHECKING:
    from grader.questions.kind import Fault
    from grader.questions.scored import Feedback
    from grader.report.models import Scalar

Compare = Literal["words", "code"]
RULES: dict[Compare, str] = {
    "words": msgid(
        "Capitals, accents, spaces, hyphens and a full stop at the end make no difference."
    ),
    "code": msgid("Spaces and the kind of quotation marks make no difference, capitals do."),
}
"""The rules of comparison, as shown to students."""
LENGTH_LIMIT = 400
"""Characters: a longer text is no answer to a question for a few words."""

_ALIKE = str.maketrans(
    dict.fromkeys("’‘ʼʹ`´′", "'")
    | dict.fromkeys("“”„«»", '"')
    | dict.fromkeys("‐‑‒–—−", "-")
    | {"œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae"}
)
_ACCENTS = "\u0300\u0301\u0302\u0308\u0327"  # й is not и: its breve is not among them
_SPACE = re.compile(r"(?<!\d)\s+|\s+(?!\d)")
_JOINED = re.compile(r"(?<=[^\W\d])[-_]+(?=[^\W\d])")
_QUOTED = re.compile(r"(['\"])(.+)\1")
_AT_THE_END = ".,;:!?…"
_TOKEN = re.compile(
    r"""
    [^\S\n]+ | (?P<comment>\#[^\n]*)
    | (?P<string>[rRbBuUfF]{0,2}(?:'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"))
    | (?P<number>(?:\d|\.\d)(?:[eE][-+]?\d|[\w.])*)
    | (?P<other>[^\W\d]\w*|\*\*=|//=|>>=|<<=|\.\.\.|\*\*|//|>>|<<|->|:=|[-+*/%@&|^<>=!]=|.|\n)
    """,
    re.VERBOSE,
)


def typed(answer: Answer, compare: Compare) -> str | None:
    """Return the text that a student typed, None for several texts.

    YAML reads brackets and braces as a list or a mapping, but in code they belong to the text.
    """
    if compare == "code":
        return _in_brackets(answer)
    while isinstance(answer, list):
        answer = [part for part in answer if not is_blank(part)]
        if len(answer) > 1:
            return None
        answer = answer[0] if answer else ""
    return text_of(answer)


def too_long(text: str) -> Feedback | None:
    """Return the feedback for a text that is too long to be compared, None for others."""
    if len(text) <= LENGTH_LIMIT:
        return None
    return "quiz.text_long", {"text": quote_for_message(text), "limit": LENGTH_LIMIT}


def is_form(text: str, forms: Any, compare: Compare, *, whole: bool = False) -> bool:
    """Return True if a typed text is one of a key's forms.

    ``whole``: the form is a whole statement or expression, not a part of one.
    """
    said = normal_text(text, compare, whole=whole)
    return said is not None and said in accepted_texts(forms, compare, whole=whole)


def normal_text(text: str, compare: Compare, *, whole: bool) -> str | None:
    """Return the normal form of a typed text; None if it is too long to be compared."""
    return None if len(text) > LENGTH_LIMIT else _folded(text, compare, whole)


def accepted_texts(forms: Any, compare: Compare, *, whole: bool) -> frozenset[str]:
    """Return the normal forms of the texts that ``is_form`` takes for one of a key's forms."""
    return frozenset().union(*(_accepted(form, compare, whole) for form in all_forms(forms)))


def all_forms(value: Any) -> list[Any]:
    """Return the forms of a key: one, a list of them, or either for each language."""
    each = value.values() if isinstance(value, dict) else [value]
    return [form for forms in each for form in (forms if isinstance(forms, list) else [forms])]


def shown_forms(value: Any, lang: str) -> str:
    """Return the forms of a key for readers of a language: its own, if there are any."""
    forms = value[lang] if isinstance(value, dict) and lang in value else value
    return ", ".join(f"`{form}`" for form in all_forms(forms))


def form_faults(value: Any, compare: Compare) -> Iterator[Fault]:
    """Yield the faults of a key's forms."""
    for lang in value if isinstance(value, dict) else ():
        if lang not in LANGUAGES:
            yield (
                msgid("{{lang}} is no language; the grader speaks {{languages}}"),
                {"lang": str(lang), "languages": ", ".join(LANGUAGES)},
            )
    each = value.values() if isinstance(value, dict) else [value]
    if not value or not all(map(all_forms, each)):
        yield msgid("name at least one text that is accepted"), {}
    for form in all_forms(value):
        yield from _faults(form, compare)


def _faults(form: Any, compare: Compare) -> Iterator[Fault]:
    shown: dict[str, Scalar] = {"form": quote_for_message(str(form))}
    if not isinstance(form, str):
        yield msgid("{{form}} is not a text: put it between quotation marks"), shown
    elif len(form) > LENGTH_LIMIT:
        problem = msgid("a text that is accepted has at most {{limit}} characters")
        yield problem, {"limit": LENGTH_LIMIT}
    elif not _folded(form, compare, whole=False):
        yield msgid("a text that is accepted is empty"), {}
    elif _read_back(form, compare) is None:
        yield msgid("{{form}} cannot be typed in an answer file: ask for something else"), shown


def lacking(value: Any, languages: Iterable[str]) -> list[str]:
    """Return the languages for which forms by language are missing."""
    return [lang for lang in languages if isinstance(value, dict) and lang not in value]


@lru_cache(maxsize=1024)
def _accepted(form: str, compare: Compare, whole: bool) -> frozenset[str]:
    """Return the form itself, and as YAML reads it from an answer file: without quotation marks."""
    texts = filter(None, (form, _read_back(form, compare)))
    return frozenset(_folded(text, compare, whole) for text in texts)


def _read_back(form: str, compare: Compare) -> str | None:
    """Return a form as it is read back from an answer file, None if nothing is."""
    if "\n" in form:
        return form
    try:
        answer = read_answers(f"form: {form}\n", "").get("form")
    except UnreadableSubmissionError:
        return None
    return None if is_blank(answer) else typed(answer, compare)


def _in_brackets(answer: Answer) -> str:
    if isinstance(answer, list):
        return f"[{', '.join(map(_in_brackets, answer))}]"
    if isinstance(answer, dict):
        pairs = (f"{key}: {_in_brackets(value)}".strip() for key, value in answer.items())
        return f"{{{', '.join(pairs)}}}"
    return answer or ""


@lru_cache(maxsize=1024)
def _folded(text: str, compare: Compare, whole: bool) -> str:
    """Return the normal form of a text: equal for texts that count as equal."""
    text = visible(text)
    if compare == "words":
        return _words(text)
    if whole:
        from grader.questions.line_references import normalized_line  # noqa: PLC0415 - parses Python

        frame, dumped = normalized_line(text.translate(_ALIKE))
        if frame >= 0:
            return f"{frame} {dumped}"
    return _tokens(text)


def _words(text: str) -> str:
    apart = unicodedata.normalize("NFD", text.translate(_ALIKE))
    plain = apart.translate(dict.fromkeys(map(ord, _ACCENTS))).casefold().strip()
    plain = plain.rstrip(_AT_THE_END).rstrip() or plain
    inside = _QUOTED.fullmatch(plain)
    joined = _SPACE.sub("", (inside[2] if inside else plain).strip())
    return unicodedata.normalize("NFC", _JOINED.sub("", joined))


def _tokens(text: str) -> str:
    plain = text.translate(_ALIKE).strip()
    kept = (_token(match) for match in _TOKEN.finditer(plain))
    return " ".join(filter(None, kept))


def _token(match: re.Match[str]) -> str:
    if match["string"] or match["number"]:
        try:
            return repr(ast.literal_eval(match[0]))
        except (SyntaxError, ValueError):
            return match[0].replace('"', "'")
    return match["other"] or ""
