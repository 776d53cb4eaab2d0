"""The catalogue of the grader's own messages, and how one becomes a sentence.

Message ids stand in reports, so they are permanent. The translations stand in
i18n/<lang>/LC_MESSAGES/grader.po, each with the message id as its context.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from grader.course.languages import Translator, fill
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
_NOTE = "note."  # stands behind its place
_COMPARE = "compare."
_ODD = ("dtype", "layout", "masked")  # what keeps a result from being compared
# Amounts read as people write them, 2 rather than 2.0; values keep Python's notation.
_AMOUNTS = frozenset({"reached", "reachable", "maximum", "seconds", "megabytes"})


def sentence(id_: str, args: Mapping[str, Scalar], lang: str) -> str | None:
    """Return a message of the catalogue as a sentence, None where the id is unknown."""
    name = _variant(id_, args)
    template = CATALOGUE.get(name)
    if template is None:
        return None
    text = _translated(name, template, args, Translator(lang))
    if not args.get("detail"):
        text = _DETAIL.sub("", text)
    filled = fill(text, {key: _shown(key, value) for key, value in args.items()}, lang)
    if id_.startswith(_NOTE) and args.get("line") is not None:
        place = next((kind for kind in ("cell", "file") if kind in args), "line")
        return sentence(f"place.{place}", {**args, "rest": filled}, lang)
    if id_.startswith(_COMPARE) and args.get("entry") and "entry" not in template.other:
        within = {"entry": args["entry"], "rest": filled[:1].lower() + filled[1:]}
        return sentence("compare.within", within, lang)
    return filled


def _variant(id_: str, args: Mapping[str, Scalar]) -> str:
    """Return the id of the wording for just these arguments: without a place, of a named kind."""
    if args.get("line") is None and f"{id_}_nowhere" in CATALOGUE:
        return f"{id_}_nowhere"
    if args.get("where") == "[]" and f"{id_}_value" in CATALOGUE:
        return f"{id_}_value"
    return _compared(id_, args) if id_.startswith(_COMPARE) else id_


def _compared(id_: str, args: Mapping[str, Scalar]) -> str:
    """Return the wording for a kind that is wanted or met, a named part, a value left out."""
    kinds = [str(args.get("wanted")), *(kind for kind in _ODD if kind in args)]
    for kind in kinds:
        if f"{id_}_{kind}" in CATALOGUE:
            return f"{id_}_{kind}"
    named = f"{id_}_in" if args.get("entry") and f"{id_}_in" in CATALOGUE else id_
    alone = f"{named}_alone"
    return alone if "expected" not in args and alone in CATALOGUE else named


def _translated(
    name: str, template: Template, args: Mapping[str, Scalar], translator: Translator
) -> str:
    if template.one is None:
        return translator.template(name, template.other)
    count = args.get(template.count_by)
    number = count if isinstance(count, int | float) else 2
    return translator.plural_template(name, template.one, template.other, number)


def _shown(name: str, value: Scalar) -> Scalar:
    if name in _AMOUNTS and isinstance(value, float) and value.is_integer():
        return int(value)
    if name == "detail" and isinstance(value, str) and not value.endswith(".."):
        return value.removesuffix(".")  # the sentence around it has its own
    return value
