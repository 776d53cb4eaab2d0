"""Errors of pydantic, worded for the author of the data: the problem, and advice.

pydantic-i18n was considered: it identifies a message by its English text, which changes with
pydantic's versions. An error's type does not, and an author needs advice.
"""

from __future__ import annotations

import difflib
import reprlib
from typing import TYPE_CHECKING, Any, NoReturn

from pydantic_core import PydanticCustomError

from grader.course.languages import msgid
from grader.course.phrases import Phrase, phrase

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pydantic_core import ErrorDetails

_REFUSED = "refused"
_CORRECT = msgid("correct it")
_MAPPING = (
    msgid("this is not a mapping"),
    msgid("write it as lines of the form 'key: value'"),
)
_LIST = (msgid("this is not a list"), msgid("write it as [one, two]"))
_NO_NUMBER = (msgid("{{input}} is not a number"), _CORRECT)
_NO_WHOLE_NUMBER = (msgid("{{input}} is not a whole number"), _CORRECT)
_NO_TRUTH = (msgid("{{input}} is neither true nor false"), _CORRECT)
# Problem and advice, by pydantic's type of error; {{input}} is the value.
_FINDINGS = {
    "extra_forbidden": (
        msgid("this field is unknown"),
        msgid("correct its name or take it out"),
    ),
    "missing": (msgid("this field is missing"), msgid("add it")),
    "string_type": (msgid("{{input}} is not text"), msgid("put it in quotation marks")),
    "string_pattern_mismatch": (
        msgid("{{input}} does not have the form {{pattern}}"),
        msgid("rename it"),
    ),
    "string_too_short": (msgid("{{input}} is too short"), _CORRECT),
    "string_too_long": (
        msgid("{{input}} is longer than {{max_length}} characters"),
        msgid("shorten it"),
    ),
    "too_short": (msgid("there are too few"), msgid("add what is missing")),
    "int_from_float": _NO_WHOLE_NUMBER,
    "int_parsing": _NO_WHOLE_NUMBER,
    "int_type": _NO_WHOLE_NUMBER,
    "float_parsing": _NO_NUMBER,
    "float_type": _NO_NUMBER,
    "finite_number": _NO_NUMBER,
    "bool_parsing": _NO_TRUTH,
    "bool_type": _NO_TRUTH,
    "greater_than": (msgid("{{input}} is not greater than {{gt}}"), _CORRECT),
    "greater_than_equal": (msgid("{{input}} is less than {{ge}}"), _CORRECT),
    "less_than": (msgid("{{input}} is not less than {{lt}}"), _CORRECT),
    "less_than_equal": (msgid("{{input}} is greater than {{le}}"), _CORRECT),
    "literal_error": (msgid("{{input}} is none of the values allowed here"), _CORRECT),
    "model_type": _MAPPING,
    "dict_type": _MAPPING,
    "model_attributes_type": _MAPPING,
    "list_type": _LIST,
    "tuple_type": _LIST,
    "union_tag_not_found": (
        msgid("there is no kind"),
        msgid("add the line kind: code, quiz or lines"),
    ),
    "union_tag_invalid": (
        msgid("the kind {{tag}} is unknown"),
        msgid("write code, quiz or lines"),
    ),
}
_OTHER = (msgid("{{input}} is not allowed here"), _CORRECT)


def reject_value(message: str, /, **args: object) -> NoReturn:
    """Refuse a value, in a validator of a model, with a sentence: a ``msgid`` and its arguments."""
    said = Phrase(message, args)
    english = str(said).replace("{", "{{").replace("}", "}}")
    raise PydanticCustomError(_REFUSED, english, {"said": said})


def advice(error: ErrorDetails) -> tuple[Phrase, Phrase]:
    """Return pydantic's error, and advice for its author."""
    context: Mapping[str, Any] = error.get("ctx", {})
    if error["type"] == _REFUSED:
        return context["said"], Phrase(_CORRECT)
    message, advised = _FINDINGS.get(error["type"], _OTHER)
    args = {**context, "input": _shown(error["input"])}
    if "tag" in args:
        args["tag"] = repr(args["tag"])
    if error["type"] == "literal_error":
        expected = str(args["expected"]).replace(" or ", ", ")
        return Phrase(message, args), phrase("write one of {{values}}", values=expected)
    return Phrase(message, args), Phrase(advised)


def misspelt(missing: ErrorDetails, errors: list[ErrorDetails]) -> tuple[Phrase, Phrase] | None:
    """Return the unknown field beside a missing one, which is probably misspelt."""
    unknown = [
        str(error["loc"][-1])
        for error in errors
        if error["type"] == "extra_forbidden" and error["loc"][:-1] == missing["loc"][:-1]
    ]
    if not unknown:
        return None
    near = difflib.get_close_matches(str(missing["loc"][-1]), unknown, n=1)
    if near:
        what = phrase("this field is missing, and {{name}} is unknown", name=near[0])
        return what, phrase("correct that name")
    what = phrase(
        "this field is missing, and these are unknown ({{names}})", names=", ".join(unknown)
    )
    return what, phrase("add it, and mend the others")


def _shown(value: object) -> str:
    """Return a value in Python notation, but short, however large its nested aliases are."""
    short = reprlib.Repr()
    short.maxlevel = 2
    short.maxstring = short.maxother = 200
    return short.repr(value)
