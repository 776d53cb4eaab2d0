"""A reader of Moodle's question XML that answers as Moodle's question engine does.

Made from what was seen on Moodle 4.5 (fractions that add up and stop at 0, the first answer that
fits, wildcards, separators by language, the regular expressions of embedded answers), and from
nothing of the exporter.
"""

from __future__ import annotations

import html
import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from xml.etree.ElementTree import Element

INVALID = None
"""The fraction of an answer that Moodle asks to be corrected."""
SEPARATORS = {"en": (".", ","), "fr": (",", " "), "ru": (",", " ")}

_ONE = r"(?:=|%-?[0-9]+(?:\.[0-9]*)?%)?.+?(?<!\\|&)(?=[~#}])(?:#.*?(?<!\\)(?=[~}]))?"
_GAP = re.compile(
    r"\{(?P<weight>[0-9]*):(?P<kind>SHORTANSWER_C|SHORTANSWER|MULTICHOICE_V|NUMERICAL)"
    rf":(?P<body>{_ONE}(?:~{_ONE})*)\}}",
    re.DOTALL,
)
_ALTERNATIVE = re.compile(
    r"(?:(?P<right>=)|%(?P<share>-?[0-9]+(?:\.[0-9]*)?)%)?(?P<text>.+?(?<!\\|&)(?=[~#}]|$))"
    r"(?:#(?P<feedback>.*?(?<!\\)(?=[~}]|$)))?",
    re.DOTALL,
)


@dataclass(frozen=True)
class Answer:
    text: str
    fraction: float
    feedback: str
    tolerance: float = 0.0


def text_of(parent: Element, path: str) -> str:
    found = parent.find(f"{path}/text")
    return "" if found is None else (found.text or "").strip()


def answers_of(question: Element) -> list[Answer]:
    return [
        Answer(
            (one.findtext("text") or "").strip(),
            float(one.get("fraction", "0")) / 100,
            text_of(one, "feedback"),
            float(one.findtext("tolerance") or 0),
        )
        for one in question.findall("answer")
    ]


def choose(question: Element, texts: Iterable[str]) -> tuple[float, list[str]]:
    """Tick choices by their texts; return the fraction and the feedback of what was ticked."""
    wanted = {*texts}
    ticked = [one for one in answers_of(question) if one.text in wanted]
    assert {one.text for one in ticked} == wanted
    share = sum(one.fraction for one in ticked)
    return min(max(round(share, 4), 0.0), 1.0), [one.feedback for one in ticked if one.feedback]


def matches(text: str, pattern: str, *, ignore_case: bool) -> bool:
    """Compare as short answers are: ``*`` is anything, ``\\*`` an asterisk."""
    text = unicodedata.normalize("NFC", text).strip()
    return _compiled(pattern, ignore_case).fullmatch(text) is not None


@cache
def _compiled(pattern: str, ignore_case: bool) -> re.Pattern[str]:
    bits = re.split(r"(?<!\\)\*+", unicodedata.normalize("NFC", pattern))
    expression = ".*".join(re.escape(bit.replace("\\*", "*")) for bit in bits)
    return re.compile(expression, re.IGNORECASE if ignore_case else 0)


def first_match(text: str, answers: Iterable[Answer], *, ignore_case: bool) -> tuple[float, str]:
    for one in answers:
        if matches(text, one.text, ignore_case=ignore_case):
            return one.fraction, one.feedback
    return 0.0, ""


def type_text(question: Element, text: str) -> tuple[float, str]:
    return first_match(text, answers_of(question), ignore_case=question.findtext("usecase") == "0")


def type_number(question: Element, text: str, lang: str) -> tuple[float | None, str]:
    """Answer a numerical question in a language."""
    value = _number(text, lang)
    if value is None:
        return INVALID, ""
    for one in answers_of(question):
        slack = one.tolerance + 1e-14 * max(1, abs(float(one.text)))
        if abs(value - float(one.text)) <= slack:
            return one.fraction, one.feedback
    return 0.0, ""


def _number(text: str, lang: str) -> float | None:
    point, thousands = SEPARATORS[lang]
    if thousands in ".," and thousands in text:
        return None
    plain = text.strip().replace(" ", "")
    if "." in plain or plain.count(",") > 1:
        plain = plain.replace(",", "")
    else:
        plain = plain.replace(thousands, "").replace(point, ".").replace(",", ".")
    found = re.match(r"([+-]?[0-9]*)(?:\.([0-9]*))?(?:[eE]([+-]?[0-9]+))?", plain)
    if found is None or not re.search("[0-9]", found[0]) or found[0] != plain:
        return None
    return float(found[0])


@dataclass(frozen=True)
class Gap:
    kind: str
    weight: int
    answers: list[Answer]

    def type_text(self, text: str) -> tuple[float, str]:
        return first_match(text, self.answers, ignore_case=self.kind != "SHORTANSWER_C")


def gaps_of(question: Element) -> tuple[str, list[Gap]]:
    """Return the text of embedded answers with ``{#1}`` for each, and what is behind it."""
    text = re.sub(r"&amp;(.{2,9}?;)", r"&\1", text_of(question, "questiontext"))
    gaps: list[Gap] = []

    def taken(found: re.Match[str]) -> str:
        alternatives, rest = [], found["body"]
        while rest:
            one = _ALTERNATIVE.match(rest)
            assert one is not None, rest
            share = 1.0 if one["right"] else float(one["share"] or 0) / 100
            alternatives.append(Answer(_decoded(one["text"]), share, _decoded(one["feedback"])))
            rest = rest[one.end() :].removeprefix("~")
        gaps.append(Gap(found["kind"], int(found["weight"] or 1), alternatives))
        return f"{{#{len(gaps)}}}"

    return _GAP.sub(taken, text), gaps


def _decoded(text: str | None) -> str:
    return html.unescape(text or "").replace("\\}", "}").replace("\\#", "#")


def pairs_of(question: Element) -> tuple[dict[str, str], list[str]]:
    """Return what belongs to each item, and all that the menus offer."""
    pairs: dict[str, str] = {}
    offered = []
    for one in question.findall("subquestion"):
        answer = text_of(one, "answer")
        offered.append(answer)
        item = (one.findtext("text") or "").strip()
        if item:
            pairs[item] = answer
    return pairs, offered
