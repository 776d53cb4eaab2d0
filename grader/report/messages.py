"""The catalogue of the grader's own messages, and how one becomes a sentence.

Message ids stand in reports, so they are permanent. The translations stand in
i18n/<lang>/LC_MESSAGES/grader.po, each with the message id as its context.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, TypeGuard

from grader.course.languages import Translator, amount, fill
from grader.report.catalogue.calling import CALLING
from grader.report.catalogue.comparing import COMPARING, TRANSFORMED
from grader.report.catalogue.noting import NOTING, PLACES
from grader.report.catalogue.questions import QUESTIONS
from grader.report.catalogue.reading import LOADING, READING
from grader.report.catalogue.refusing import REFUSED_CALLING, REFUSED_LOADING
from grader.report.catalogue.template import Catalogue, Template
from grader.report.catalogue.verdicts import NOT_GRADED, SUMMARIES, VIEW

if TYPE_CHECKING:
    from grader.report.models import Scalar

__all__ = ["CATALOGUE", "Template", "sentence"]

CATALOGUE: Catalogue = {
    **READING,
    **LOADING,
    **NOTING,
    **PLACES,
    **REFUSED_LOADING,
    **CALLING,
    **REFUSED_CALLING,
    **COMPARING,
    **TRANSFORMED,
    **NOT_GRADED,
    **QUESTIONS,
    **SUMMARIES,
    **VIEW,
}

# An exception without a message: Python prints "ValueError", not "ValueError: ".
_DETAIL = re.compile(r"\s*: \{\{detail\}\}")
_KIND_OF_TYPE = re.compile(r"(?P<type>.+) of (?P<what>dtype|layout) (?P<kind>.+)")
_EXACT = re.compile(r"\d+\.\d+")
_NOTE = "note."  # stands behind its place
# Amounts read as people write them, 2 or 2,5 rather than 2.0; values keep Python's notation.
_AMOUNTS = frozenset(
    {"reached", "reachable", "maximum", "seconds", "megabytes", "points", "waiting", "amount"}
)


def sentence(id_: str, args: Mapping[str, Scalar], lang: str) -> str | None:
    """Return a message of the catalogue as a sentence, None where the id is unknown."""
    name = _variant(id_, args)
    template = CATALOGUE.get(name)
    if template is None:
        return None
    text = _translated(name, template, args, Translator(lang))
    if not args.get("detail"):
        text = _DETAIL.sub("", text)
    filled = fill(text, {key: _shown(key, value, lang) for key, value in args.items()}, lang)
    if id_.startswith(_NOTE) and args.get("line") is not None:
        place = next((kind for kind in ("cell", "file") if kind in args), "line")
        return sentence(f"place.{place}", {**args, "rest": filled}, lang)
    return filled


def _variant(id_: str, args: Mapping[str, Scalar]) -> str:
    """Return the id of the wording that does without a place, where there is no place to name."""
    if args.get("line") is None and f"{id_}_nowhere" in CATALOGUE:
        return f"{id_}_nowhere"
    if args.get("where") == "[]" and f"{id_}_value" in CATALOGUE:
        return f"{id_}_value"
    return id_


def _translated(
    name: str, template: Template, args: Mapping[str, Scalar], translator: Translator
) -> str:
    if template.one is None:
        return translator.template(name, template.other)
    count = args.get(template.count_by)
    number = count if _is_amount(count) else 2
    return translator.plural_template(name, template.one, template.other, number)


def _is_amount(value: object) -> TypeGuard[float]:
    return isinstance(value, int) or (isinstance(value, float) and math.isfinite(value))


def _shown(name: str, value: Scalar, lang: str) -> Scalar:
    if name in _AMOUNTS and _is_amount(value):
        return amount(value, lang)
    if name in _AMOUNTS and isinstance(value, str) and _EXACT.fullmatch(value):
        return amount(Decimal(value), lang)  # points may come as exact text
    if name == "type" and isinstance(value, str):
        return _type_in_words(value, lang)
    if name == "detail" and isinstance(value, str) and not value.endswith(".."):
        return value.removesuffix(".")  # the sentence around it has its own
    return value


def _type_in_words(name: str, lang: str) -> str:
    """Return the name of a type; the student's side adds in English what kind of it is meant."""
    match = _KIND_OF_TYPE.fullmatch(name)
    if match is None:
        return name
    t = Translator(lang)
    if match["what"] == "dtype":
        return t("{{type}} of dtype {{dtype}}", type=match["type"], dtype=match["kind"])
    return t("{{type}} of layout {{layout}}", type=match["type"], layout=match["kind"])
