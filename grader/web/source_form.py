"""Code that is written in the browser, where `--edit` allows it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from grader.course.atomic_file import replace_file
from grader.course.languages import Translator
from grader.course.system_errors import reason
from grader.course.workspace import order_of
from grader.web.controls.control import text_of
from grader.web.files import answer_of, state_of

if TYPE_CHECKING:
    from pathlib import Path

    from starlette.datastructures import FormData

    from grader.course.loading import LoadedExercise


@dataclass(frozen=True)
class SourceForm:
    """The text of a file, its name, and the state that it has on disk; empty if it is new."""

    text: str
    file: str
    state: str


@dataclass(frozen=True)
class NotEdited:
    """Why a text was not written, and the form that holds it still."""

    form: SourceForm
    why: str


def source_form(folder: Path, exercise: LoadedExercise, lang: str) -> SourceForm | None:
    """Return the file of an exercise as a form, or the one to start from.

    None: it is a notebook, or cannot be read as UTF-8, and so is left to other editors.
    """
    path = answer_of(folder, exercise)
    if path is None:
        return SourceForm(exercise.stub(lang, order_of(folder)), exercise.stub_name, "")
    if path.suffix != ".py":
        return None
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return None
    return SourceForm(text, path.name, state_of(path))


def save_source(
    folder: Path, exercise: LoadedExercise, lang: str, sent: FormData
) -> NotEdited | None:
    """Write the text of a form into the file; return why that was not done, None if it was.

    A file that is not as the page showed it is left alone.
    """
    t = Translator(lang)
    path = answer_of(folder, exercise)
    text = text_of(sent, "source")
    now = "" if path is None else state_of(path)
    target = folder / exercise.stub_name if path is None else path
    form = SourceForm(text, target.name, now)
    if sent.get("state") != now:
        why = t(
            "{{file}} has changed since this page was opened, so nothing was written. The field "
            "holds what you have sent: look through it, and send it again.",
            file=target.name,
        )
        return NotEdited(form, why)
    try:
        replace_file(target, text.encode())
    except (OSError, UnicodeEncodeError) as error:
        why = reason(error).localised(t)
        told = t("{{file}} cannot be written: {{reason}}", file=target.name, reason=why)
        return NotEdited(form, told)
    return None
