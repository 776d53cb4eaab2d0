"""Texts of a report in a language: set when it is made, and when it is read in another one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from grader.course.errors import CourseError, UnknownExerciseError
from grader.course.languages import Translator, interpolate
from grader.course.markup import title_of
from grader.report.copies import changeable
from grader.report.messages import sentence
from grader.report.wording import shortened

if TYPE_CHECKING:
    from grader.course.loading import Course
    from grader.course.models import ProseFrontMatter
    from grader.report.models import Message, Report

EXERCISE = "exercise."
WAY = "next."
TITLE_ON_THE_WAY = 34  # characters, so that the sentence fits on one line


def localise(report: Report, course: Course | None, lang: str) -> Report:
    """Return the report with its titles and messages in ``lang``.

    The exercise's own texts come from ``course``. If that is another course, or has another version
    of the texts than the report was made with, the stored ones stay.
    """
    result = changeable(report)
    result.lang = lang
    prose = _prose(report, course, lang)
    if prose is not None:
        result.exercise.title = prose.title
        for check in result.checks:
            title = prose.checks.get(check.id) or title_of(prose.questions.get(check.id, ""))
            check.title = title or check.title
            texts = prose.key_points.get(check.id, {})
            for point in check.key_points:
                point.text = texts.get(point.id, point.text)
    titles = {check.id: check.title or check.id for check in result.checks}
    for message, remark in _messages(result):
        message.text = _text(message, prose, lang, titles, remark=remark)
    for picture in (check.picture for check in result.checks if check.picture is not None):
        picture.alternative = picture.drawing.alternative(Translator(lang))
    return result


def _prose(report: Report, course: Course | None, lang: str) -> ProseFrontMatter | None:
    """Return the exercise's texts, if the report was made with this version of them."""
    if course is None:
        return None
    try:
        if course.index.id != report.exercise.course:
            return None
        exercise = course.exercise(f"{report.exercise.id}_{report.exercise.slug}")
        if exercise.text_hash != report.text_hash:
            return None
        return exercise.prose(lang).front
    except (CourseError, UnknownExerciseError):
        # A report is always shown; a broken course is reported to its author elsewhere.
        return None


def _messages(report: Report) -> Iterator[tuple[Message, bool]]:
    """Yield every message of a report, and whether it is a remark."""
    if report.headline is not None:
        yield report.headline, False
    if report.next is not None:
        yield report.next, False
    if report.load is not None:
        yield from ((message, False) for message in report.load.feedback)
    for check in report.checks:
        yield from ((message, False) for message in check.feedback)
        yield from ((message, True) for message in check.remarks)
        if check.picture is not None:
            yield check.picture.caption, False


def _text(
    message: Message,
    prose: ProseFrontMatter | None,
    lang: str,
    titles: dict[str, str],
    *,
    remark: bool,
) -> str:
    if message.id.startswith(EXERCISE):
        text = None if prose is None else _own(message, prose, lang, remark=remark)
    else:
        args = dict(message.args)
        way = message.id.startswith(WAY)
        if way or message.id == "not_run.needs":
            title = titles.get(str(args.get("check")), args.get("check"))
            args["check"] = shortened(str(title), TITLE_ON_THE_WAY) if way else title
        text = sentence(message.id, args, lang)
    return text or message.text or sentence("view.no_text", {"id": message.id}, lang) or ""


def _own(message: Message, prose: ProseFrontMatter, lang: str, *, remark: bool) -> str | None:
    """Return the exercise's own sentence."""
    name = message.id.removeprefix(EXERCISE)
    places = [prose.feedback, prose.observations, prose.remarks]
    for texts in reversed(places) if remark else places:
        if name in texts:
            return interpolate(texts[name], message.args, lang)
    caption = prose.pictures.get(name, {}).get("caption")
    return None if caption is None else interpolate(caption, message.args, lang)
