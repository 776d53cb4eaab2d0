"""Texts of the gradebook for people, in their language."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from grader.course.languages import amount, msgid
from grader.gradebook.errors import (
    ID_LIMIT,
    DamagedGradebookError,
    GradebookBusyError,
    GradebookError,
    LongStudentIdError,
    MissingDriverError,
    NewerGradebookError,
    NoGradebookError,
    NoReasonError,
    NotAGradebookError,
    NothingThereError,
    UnknownStudentError,
    WrongMarkError,
)
from grader.report.clean import clean_argument

if TYPE_CHECKING:
    from decimal import Decimal

    from grader.course.languages import Translator

_SHOWN = 60  # characters of an id that is too long
STATUSES = {
    "graded": msgid("graded"),
    "incomplete": msgid("some checks need another device"),
    "needs_review": msgid("needs review"),
    "unreadable": msgid("the file could not be read"),
    "ungraded": msgid("not graded, through no fault of the student's"),
    "missing": msgid("not handed in"),
    "marked": msgid("marked by the teacher"),
}
CAUSES = {
    "grading_hash": msgid("the exercise has changed (grading_hash)"),
    "grader_version": msgid("another version of the grader"),
    "seed": msgid("another seed"),
    "python": msgid("another version of Python"),
    "numpy": msgid("another version of NumPy"),
    "torch": msgid("another version of torch"),
    "isolation": msgid("another isolation level"),
    "device": msgid("another device"),
}
PROBLEMS = {
    "no_file": msgid("what was handed in is not in the gradebook"),
    "no_exercise": msgid("the course has no such exercise"),
    "ungraded": msgid("it could not be judged, through no fault of the student's"),
}
REASONS = {
    "needs_review": STATUSES["needs_review"],
    "after_mark": msgid("handed in after the teacher's mark, which still counts"),
}


def packages_missing(extra: str, t: Translator) -> str:
    """Return how to install the packages that a gradebook needs."""
    return t(
        "The gradebook needs packages that are not installed: {{command}}",
        command=f"pip install 'nn-grader[{extra}]'",
    )


def _unknown_student(error: UnknownStudentError, t: Translator) -> str:
    name = single_line(error.name)
    if error.several:
        ids = ", ".join(map(single_line, error.several))
        return t(
            "The gradebook has several students {{name}}. Give the id of one: {{ids}}.",
            name=name,
            ids=ids,
        )
    sentence = t("The gradebook has no student {{name}}.", name=name)
    if error.close:
        names = ", ".join(map(single_line, error.close))
        sentence += " " + t("Did you mean {{names}}?", names=names)
    return sentence


def error_sentence(
    error: GradebookError
    | UnknownStudentError
    | WrongMarkError
    | NoReasonError
    | NothingThereError,
    t: Translator,
) -> str:
    """Return the problem and the advice."""
    match error:
        case UnknownStudentError():
            return _unknown_student(error, t)
        case WrongMarkError():
            sentence = t(
                "A mark is a number from 0 to {{maximum}} with at most two decimals, and has a "
                "reason.",
                maximum=error.maximum,
            )
            if error.bonus:
                sentence += " " + t("More than that takes --bonus.")
            return sentence
        case NoReasonError():
            return t("Give a reason: it is kept with what was removed or merged.")
        case NothingThereError():
            return t(
                "The gradebook has nothing of that kind; nothing was changed. `{{batches}}` lists "
                "the batches, `{{history}}` the attempts of a student, `{{removed}}` what was "
                "removed.",
                batches="grader gradebook batches",
                history="grader gradebook history",
                removed="grader gradebook removed",
            )
        case MissingDriverError():
            return packages_missing(error.detail, t)
        case LongStudentIdError():
            return t(
                "The student id {{student}} has {{length}} characters, and a gradebook takes at "
                "most {{limit}}. Shorten it in the roster, or in the name of the folder or file, "
                "and run the same command again.",
                student=single_line(error.detail[:_SHOWN]) + "…",
                length=len(error.detail),
                limit=ID_LIMIT,
            )
        case _:
            return _about_the_place(error, t)


def _about_the_place(error: GradebookError, t: Translator) -> str:
    where = single_line(error.where)
    match error:
        case NoGradebookError():
            return t(
                "There is no gradebook {{where}}. A batch makes one; name another with "
                "--gradebook.",
                where=where,
            )
        case NotAGradebookError():
            return t(
                "{{where}} is no gradebook: it wants a SQLite file or a postgresql:// URL that is "
                "one, or still empty. Nothing was changed.",
                where=where,
            )
        case DamagedGradebookError():
            return t(
                "The gradebook {{where}} is damaged. Put it back from a copy; nothing was changed.",
                where=where,
            )
        case NewerGradebookError():
            return t(
                "The gradebook {{where}} was written by a newer version of the grader (its tables "
                "are {{version}}). Update nn-grader here; nothing was changed.",
                where=where,
                version=error.detail,
            )
        case GradebookBusyError():
            return t(
                "Somebody else is writing the gradebook {{where}}. Nothing was changed; try again "
                "later.",
                where=where,
            )
        case _ if error.reason is not None:
            return t(
                "The gradebook {{where}} cannot be reached or written: {{detail}}. What was "
                "recorded before is kept; mend it and run the same command again.",
                where=where,
                detail=error.reason.localised(t),
            )
        case _:
            return t(
                "The gradebook {{where}} cannot be reached or written. What was recorded before "
                "is kept; mend it and run the same command again. The database says: "
                "“{{detail}}”",
                where=where,
                detail=single_line(error.detail),
            )


def single_line(text: str) -> str:
    """Return a foreign text, such as a student's name, fit for one line of a terminal."""
    return str(clean_argument(text)).strip()


def format_time(text: str) -> str:
    """Return a time in ISO 8601 in the local time zone and format."""
    try:
        return dt.datetime.fromisoformat(text).astimezone().strftime("%Y-%m-%d %H:%M")
    except (ValueError, OverflowError):
        return single_line(text)  # as given by the source


def points(value: Decimal | None, t: Translator) -> str:
    """Return points for people; a dash if there are none."""
    return "–" if value is None else amount(value, t.lang)


def status_text(name: str, t: Translator) -> str:
    """Return the meaning of a status; an unknown one of a later version unchanged."""
    return t(STATUSES[name]) if name in STATUSES else name


def causes_text(why: str, t: Translator) -> str:
    """Return why a grade has changed."""
    texts = [t(CAUSES[cause]) for cause in why.split() if cause in CAUSES]
    return ", ".join(texts) or t("judged otherwise, though nothing known has changed")
