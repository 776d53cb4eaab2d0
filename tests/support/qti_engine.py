"""A reader of QTI 1.2 items that processes responses as the standard says."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

NS = "{http://www.imsglobal.org/xsd/ims_qtiasiv1p2}"


def answer(item: Element, given: dict[str, list[str]]) -> tuple[float, list[str]]:
    """Return the score out of 100, and the feedback as HTML, for responses by their ident."""
    score, told = 0.0, []
    texts = {
        one.get("ident"): "".join(one.itertext()).strip() for one in item.iter(f"{NS}itemfeedback")
    }
    for condition in item.iter(f"{NS}respcondition"):
        tests = list(condition.find(f"{NS}conditionvar") or ())
        several = [one for one in tests if one.tag != f"{NS}varequal"]
        # Several texts beside each other: any of them, as text2qti writes and Canvas reads it.
        holds = (
            all(_holds(one, given) for one in several)
            if several
            else any(_holds(one, given) for one in tests)
        )
        if not holds:
            continue
        setting = condition.find(f"{NS}setvar")
        if setting is not None:
            value = float(setting.text or 0)
            score = score + value if setting.get("action") == "Add" else value
        shown = condition.find(f"{NS}displayfeedback")
        if shown is not None:
            told.append(texts[shown.get("linkrefid")])
        if condition.get("continue") == "No":
            break
    return round(score, 1), told


def _holds(test: Element, given: dict[str, list[str]]) -> bool:
    name = test.tag.removeprefix(NS)
    values = given.get(test.get("respident", ""), [])
    match name:
        case "other":
            return True
        case "and":
            return all(_holds(one, given) for one in test)
        case "or":
            return any(_holds(one, given) for one in test)
        case "not":
            return not _holds(test[0], given)
        case "varequal":
            return any(_same(value, test.text or "") for value in values)
    numbers = [float(value) for value in values if re.fullmatch(r"-?[0-9.]+", value)]
    bound = float(test.text or 0)
    return any(one >= bound if name == "vargte" else one <= bound for one in numbers)


def _same(value: str, text: str) -> bool:
    return value.strip().casefold() == text.strip().casefold()
