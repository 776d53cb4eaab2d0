"""``grader quiz``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from grader.cli.answers_here import answer_here
from grader.cli.completing import exercises
from grader.cli.errors import INTERRUPTED
from grader.cli.grade_and_show import exit_code, print_report
from grader.cli.options import PLACE, LocalisedUsageError, grader_command, writing
from grader.course.languages import msgid
from grader.course.unreadable import UnreadableSubmissionError

if TYPE_CHECKING:
    from grader.asking.answer_file import Renewed
    from grader.asking.front import Front
    from grader.asking.interview import Interview
    from grader.cli.context import Context
    from grader.course.loading import LoadedExercise
    from grader.report.models import Report

_AGAIN, _END = "again", "end"


@grader_command(
    msgid("Ask the questions of a quiz one by one, keep the answers in its file, and grade them.")
)
@click.argument("exercise", shell_complete=exercises)
@click.argument("file", required=False, type=PLACE)
def command(context: Context, exercise: str, file: Path | None) -> int:
    """Ask, from the first open question on; grade; ask again what is not right, if wanted."""
    loaded = context.course.exercise(exercise)
    if loaded.model.kind == "code":
        raise LocalisedUsageError(
            context.t(
                "{{exercise}} asks for code, not for answers: grader show {{exercise}}",
                exercise=loaded.model.id,
            )
        )
    path = file or answer_here(context, loaded, "grader quiz") or _begun(context, loaded)
    context.follow(path.parent)
    front = _front(context)
    from grader.asking.answer_file import AnswersNotWrittenError  # noqa: PLC0415 - see main

    try:
        interview = _interview(context, loaded, path, front)
        return _asked_and_graded(context, loaded, interview, front)
    except AnswersNotWrittenError as error:
        with writing(path, context.t):
            raise error.cause from None
    except UnreadableSubmissionError as error:
        from grader.report.messages import sentence  # noqa: PLC0415 - most files can be read

        told = sentence(error.id, error.arguments, context.lang)
        raise LocalisedUsageError(str(told)) from None


def _begun(context: Context, loaded: LoadedExercise) -> Path:
    """Write the file that `grader init` would, and return its path."""
    from grader.course.workspace import create_workspace  # noqa: PLC0415 - see the table in main

    with writing(Path(loaded.stub_name), context.t):
        create_workspace(Path(), [loaded], context.lang)
    return Path(loaded.stub_name)


def _front(context: Context) -> Front:
    """Return the terminal: with cursor movement where that is wanted and possible, else plain."""
    if context.fancy and sys.stdin.isatty():
        from grader.asking.terminal.front import TerminalFront  # noqa: PLC0415 - plain needs none

        return TerminalFront(context, context.t)
    from grader.asking.plain import PlainFront  # noqa: PLC0415

    sys.stdin.reconfigure(errors="replace")  # type: ignore[union-attr]  # bytes that are no text
    out = sys.stderr if context.json else sys.stdout  # a program wants nothing but the report
    return PlainFront(sys.stdin, out, context.t, context.width)


def _interview(context: Context, loaded: LoadedExercise, path: Path, front: Front) -> Interview:
    """Return the questions with the file of their answers, renewed if need be."""
    from grader.asking.answer_file import AnswerFile  # noqa: PLC0415 - see the table in main
    from grader.asking.drafts import Drafts  # noqa: PLC0415
    from grader.asking.interview import Interview  # noqa: PLC0415
    from grader.asking.manner import AskedQuestion  # noqa: PLC0415
    from grader.course.questions import shown_questions  # noqa: PLC0415
    from grader.course.workspace import order_of  # noqa: PLC0415
    from grader.judge.reading.submission import read  # noqa: PLC0415

    order = order_of(path.parent)
    shown = shown_questions(loaded, context.lang, order)
    questions = [
        AskedQuestion(question, one, loaded.listing(question.listing) if question.listing else "")
        for question, one in zip(loaded.quiz.questions, shown, strict=True)
    ]
    starter = loaded.stub(context.lang, order)
    kind = loaded.model.kind
    file = AnswerFile(path, questions, starter, lambda place: read(place, kind).source)
    renewed = file.renew(loaded)
    front.say(_introduction(context, loaded))
    if renewed is not None:
        front.say(_about(context, path, renewed))
    return Interview(questions, file, Drafts(path.parent, loaded.model.id), front, context.t)


def _introduction(context: Context, loaded: LoadedExercise) -> str:
    """Return title, task and listings, as Markdown."""
    from grader.course.page import numbered_listings  # noqa: PLC0415 - see the table in main

    t = context.t
    prose = loaded.prose(context.lang)
    parts = [f"# {loaded.model.id} · {prose.front.title}"]
    if prose.stale:
        parts.append(t("(The translation of this text is being revised: here is the English.)"))
    return "\n\n".join([*parts, prose.prompt, *numbered_listings(loaded, t)])


def _about(context: Context, path: Path, renewed: Renewed) -> str:
    """Return the sentences about a file that was begun anew."""
    t = context.t
    parts = []
    if renewed.changed:
        parts.append(
            t(
                "{{file}} is of an earlier version of this exercise, in which some questions were "
                "asked in other words.",
                file=path,
            )
        )
    elif renewed.unknown:
        names = ", ".join(renewed.unknown)
        parts.append(
            t("{{file}} answers what is no question here: {{names}}.", file=path, names=names)
        )
    else:
        parts.append(t("{{file}} cannot be understood as it stands.", file=path))
    if renewed.kept is not None:
        parts.append(t("It is kept as {{file}}.", file=renewed.kept))
    if renewed.carried:
        names = ", ".join(f"`{name}`" for name in renewed.carried)
        parts.append(t("Taken over from it: the answers to {{questions}}.", questions=names))
    return " ".join(parts)


def _asked_and_graded(
    context: Context, loaded: LoadedExercise, interview: Interview, front: Front
) -> int:
    """Ask and grade until that is enough; return the exit code of the last grading."""
    path, t = interview.file.path, context.t
    only: list[str] | None = None
    code: int | None = None
    while True:
        try:
            ending = interview.run(only)
        except KeyboardInterrupt:
            ending = "stop"
        for renewed in interview.renewed:
            front.say(_about(context, path, renewed))
        interview.renewed.clear()
        if ending == "stop":
            command_ = f"grader quiz {loaded.model.id}{loaded.course.option}"
            front.say(
                t(
                    "Your answers are in {{file}}. To go on where you stopped: `{{command}}`",
                    file=path,
                    command=command_,
                )
            )
            return INTERRUPTED if code is None else code
        report = _graded(context, loaded, path)
        code = exit_code(report)
        only = [
            check.id for check in report.checks if check.status not in {"passed", "needs_review"}
        ]
        if not (only and sys.stdin.isatty() and _wants_again(context, front)):
            return code


def _graded(context: Context, loaded: LoadedExercise, path: Path) -> Report:
    """Grade the answers as `grade` does, and print the report."""
    from grader.cli.grading import Grading  # noqa: PLC0415 - the questions come first
    from grader.cli.solved import answer_option  # noqa: PLC0415
    from grader.judge.run import Options  # noqa: PLC0415

    grading = Grading(context, Options(), "student")
    report = grading.report(loaded, path)
    grading.remember(path.parent, path, report, only_known=True)
    print_report(grading.presented(report, loaded, answer_option(loaded, path)), context)
    return report


def _wants_again(context: Context, front: Front) -> bool:
    """Ask whether the questions that are not right yet are to be asked again."""
    from grader.asking.front import Prompt  # noqa: PLC0415 - see the table in main
    from grader.asking.step import OneOf  # noqa: PLC0415

    t = context.t
    options = ((_AGAIN, t("Answer again what is not right yet")), (_END, t("Stop here")))
    prompt = Prompt("", OneOf(options=options), (_END,), asks_for_way=True)
    try:
        reply = front.ask(prompt)
    except KeyboardInterrupt:
        return False
    return reply.value == (_AGAIN,)
