"""The catalogue of the grader's messages, and their rendering as sentences.

Message ids are stored in reports, so they are permanent. The translations are in
i18n/<lang>/LC_MESSAGES/grader.po, each with the message id as its context.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, TypeGuard

from grader.course.languages import Translator, amount, interpolate
from grader.course.markup import placeholders
from grader.report.catalogue.calling import CALLING
from grader.report.catalogue.comparing import COMPARING
from grader.report.catalogue.devices import DEVICES
from grader.report.catalogue.explained import EXPLAINED, STOPS
from grader.report.catalogue.observing import OBSERVED, WithObservations
from grader.report.catalogue.questions import QUESTIONS
from grader.report.catalogue.reading import LOADING, READING
from grader.report.catalogue.refused_operations import REFUSED_CALLING, REFUSED_LOADING
from grader.report.catalogue.skipped_statements import NOTING, PLACES
from grader.report.catalogue.template import Template
from grader.report.catalogue.traffic import TRAFFIC
from grader.report.catalogue.verdicts import NOT_GRADED, SUMMARIES, VIEW

if TYPE_CHECKING:
    from grader.report.models import Scalar

__all__ = ["CATALOGUE", "Template", "sentence"]

CATALOGUE: Mapping[str, Template] = WithObservations(
    {
        **READING,
        **LOADING,
        **NOTING,
        **PLACES,
        **STOPS,
        **EXPLAINED,
        **REFUSED_LOADING,
        **CALLING,
        **REFUSED_CALLING,
        **COMPARING,
        **TRAFFIC,
        **OBSERVED,
        **NOT_GRADED,
        **DEVICES,
        **QUESTIONS,
        **SUMMARIES,
        **VIEW,
    }
)

# An exception without a message: Python prints "ValueError", not "ValueError: ".
_DETAIL = re.compile(r"\s*: \{\{detail\}\}")
UNSHOWN = frozenset({"compare.value", "compare.values"})
"""Sentences with a wording that omits the right value if a student must not see it."""
_NOTE = "note."  # follows its place
_EXPLAINED = ("call.", "load.")
_EXPLANATION = "raised."  # so does this, and it follows the function that raised
_QUOTED = 240  # characters of an exception's message
_KIND_OF_TYPE = re.compile(r"(?P<type>.+) of (?P<what>dtype|layout) (?P<kind>.+)")
_EXACT = re.compile(r"\d+\.\d+")
# Amounts are written as people do, 2 or 2,5 rather than 2.0; values keep Python's notation.
_AMOUNTS = frozenset(
    {
        *("reached", "reachable", "elsewhere", "maximum", "points", "waiting", "amount"),
        *("seconds", "megabytes"),
    }
)


def sentence(id_: str, args: Mapping[str, Scalar], lang: str) -> str | None:
    """Return a message of the catalogue as a sentence, None where the id is unknown."""
    args = _worded(args, lang)
    name = _variant(id_, args)
    template = CATALOGUE.get(name)
    if template is None:
        return None
    text = _translated(name, template, args, Translator(lang))
    if not args.get("detail"):
        text = _DETAIL.sub("", text)
    if name.startswith(_EXPLANATION) and not {"function", "line"} & args.keys():
        text = text[:1].upper() + text[1:]
    values = {key: _shown(key, value, lang) for key, value in args.items()}
    if "line" in args and not id_.startswith(("place.", "stop.")):
        values["line"] = _located(text, args, lang)
    return _placed(name, args, interpolate(text, values, lang), lang)


def _located(text: str, args: Mapping[str, Scalar], lang: str) -> Scalar:
    """Return a line number together with its cell, for a text that does not mention the cell."""
    named = placeholders(text)
    for kind in ("cell", "file"):
        if args.get(kind) is not None and kind not in named:
            return sentence(f"place.of_{kind}", args, lang)
    return args["line"]


def _placed(id_: str, args: Mapping[str, Scalar], text: str, lang: str) -> str | None:
    """Put a sentence behind its place, if it belongs to those with one."""
    if "entry" in args and id_.startswith("compare.") and not id_.endswith("_in"):
        rest = text[:1].lower() + text[1:]  # behind a colon
        return sentence("place.entry", {"in": args["entry"], "rest": rest}, lang)
    if not id_.startswith((_NOTE, _EXPLANATION)):
        return text
    known = args.get("line") is not None
    place = next((kind for kind in ("cell", "file") if args.get(kind) is not None), "line")
    if id_.startswith(_EXPLANATION) and "function" in args:
        place = place if known else "nowhere"
        return sentence(f"stop.{place}", {**args, "rest": text}, lang)
    return sentence(f"place.{place}", {**args, "rest": text}, lang) if known else text


def _worded(args: Mapping[str, Scalar], lang: str) -> Mapping[str, Scalar]:
    """Return arguments with ids replaced by words: kinds of values, names of axes."""
    worded = dict(args)
    if "wanted" in args:
        worded["wanted"] = sentence(f"kind.{args['wanted']}", {}, lang) or args["wanted"]
    elif "expected" in args:
        worded["wanted"] = args["expected"]
    if isinstance(axes := args.get("axes"), str) and isinstance(where := args.get("where"), str):
        places = zip(axes.split(", "), where.strip("[]").split(", "), strict=False)
        named = [sentence(f"axis.{axis}", {"i": place}, lang) or place for axis, place in places]
        worded["where"] = f"{where} ({', '.join(named)})"
    return worded


def _variant(id_: str, args: Mapping[str, Scalar]) -> str:
    """Return the id of the wording that fits the arguments.

    There are wordings that explain an exception's message, that name an entry of a result, that
    omit the expected value, and that mention no place.
    """
    closer = f"{_EXPLANATION}{args.get('explained')}"
    if id_.startswith(_EXPLAINED) and closer in CATALOGUE:
        id_ = closer
    if id_ in UNSHOWN and "expected" not in args:
        id_ = f"{id_}_unshown"
    if "entry" in args and f"{id_}_in" in CATALOGUE:
        return f"{id_}_in"
    if args.get("name") == args.get("module") and f"{id_}_itself" in CATALOGUE:
        id_ = f"{id_}_itself"
    for made in ("made_cell", "made_line"):
        if made in args and f"{id_}_{made}" in CATALOGUE:
            return f"{id_}_{made}"
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
        return amount(Decimal(value), lang)  # points may be stored as exact text
    if name == "type" and isinstance(value, str):
        return _type_in_words(value, lang)
    if name in {"detail", "said"} and isinstance(value, str):
        return f"`{_quotable(value)}`"
    return value


def _type_in_words(name: str, lang: str) -> str:
    """Return the name of a type; the student's side appends the kind in English."""
    match = _KIND_OF_TYPE.fullmatch(name)
    if match is None:
        return name
    t = Translator(lang)
    if match["what"] == "dtype":
        return t("{{type}} of dtype {{dtype}}", type=match["type"], dtype=match["kind"])
    return t("{{type}} of layout {{layout}}", type=match["type"], layout=match["kind"])


def _quotable(said: str) -> str:
    """Return an exception's message in a form that can be put between backticks."""
    text = " ".join(said.replace("`", "'").split())
    if len(text) > _QUOTED:
        return text[: _QUOTED - 1] + "…"
    return text if text.endswith("..") else text.removesuffix(".")
