"""The class page as one HTML file that fetches nothing."""

from __future__ import annotations

import base64
import hashlib
from types import MappingProxyType
from typing import TYPE_CHECKING

from markupsafe import Markup

from grader.classpage.view import class_view
from grader.course.languages import Translator, msgid
from grader.pages.environment import environment

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from grader.classpage.answers import Answer

_WORDS = {
    "title": msgid("The class"),
    "students": msgid("Students"),
    "all_points": msgid("All points"),
    "facility": msgid("Facility"),
    "discrimination": msgid("Discrimination"),
    "side_by_side": msgid("Exercises side by side"),
    "exercise": msgid("Exercise"),
    "check": msgid("Check"),
    "mistakes": msgid("Mistakes, the most frequent first"),
    "review": msgid("What needs your eye"),
    "limits": msgid("Checks that met a limit of time or memory, or crashed"),
    "slowest": msgid("The slowest answers"),
    "late": msgid("Handed in late"),
    "student": msgid("Student"),
    "total": msgid("total"),
    "explained": msgid(
        "Facility: the mean share of the points, from 0 (hard) to 1 (easy). Discrimination: the "
        "correlation with the rest of the points, from −1 to 1; in brackets its interval of "
        "confidence (95%). Near 0 or below it, look at the check: strong and weak students pass "
        "it alike."
    ),
}


def class_page(
    answers: Sequence[Answer],
    lang: str,
    titles: Mapping[str, str],
    status_text: Callable[[str], str],
    feedback: Mapping[str, str] = MappingProxyType({}),
) -> str:
    """Return the page of a class, in a language.

    ``answers``: one for each student and exercise, with localised reports. ``titles``: of the
    exercises. ``status_text``: the meaning of a status. ``feedback``: addresses of the students'
    pages, relative to this one; a student without one has no link.
    """
    pages = environment(lang, "grader.classpage")
    style = pages.get_template("class.css").render()
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    t = Translator(lang)
    return pages.get_template("class.html").render(
        say={name: t(message) for name, message in _WORDS.items()},
        view=class_view(answers, t, titles, status_text, feedback),
        style=Markup(style),  # noqa: S704 - a file of ours
        style_hash=digest,
    )
