"""What a watch prints: a screen that is drawn anew, plain text line after line, or JSON."""

from __future__ import annotations

import sys
import textwrap
from typing import TYPE_CHECKING

from grader.cli.grade_and_show import localised_for, print_report
from grader.cli.grade_changed import one_line
from grader.cli.keys import KEYS
from grader.cli.solved import answer_option
from grader.report.clean import clean

if TYPE_CHECKING:
    from pathlib import Path

    from grader.cli.context import Context
    from grader.report.models import Report
    from grader.watch.view import Event, Verdict, View

# To the upper left corner, and clear from there: what was above stays in the terminal's memory.
_ANEW = "\x1b[H\x1b[2J"


class _Parts:
    """The parts of a view, printed one after the other."""

    def __init__(self, context: Context, folder: Path) -> None:
        self.context = context
        self.folder = folder

    def localised(self, verdict: Verdict) -> Report:
        """Return the report of a verdict for a student."""
        path = self.folder / verdict.name
        answer = answer_option(verdict.exercise, path)
        return localised_for(
            verdict.report, verdict.exercise, self.context, "student", answer=answer
        )

    def verdict(self, view: View) -> None:
        """Print the verdict, if there is one."""
        if view.verdict is not None:
            report = self.localised(view.verdict)
            print_report(report, self.context, everything=view.everything)

    def other(self, verdict: Verdict) -> None:
        """Print the verdict of another file on one line."""
        self.context.echo(one_line(self.context, self.localised(verdict)))

    def hint(self, view: View) -> None:
        """Print the hint that was asked for; behind the last one comes the first again."""
        if not view.hint:
            return
        t, exercise = self.context.t, view.current
        hints = exercise.prose(self.context.lang).front.hints
        if not hints:
            self.context.echo(t("There are no hints for {{exercise}}.", exercise=exercise.model.id))
            return
        number = (view.hint - 1) % len(hints) + 1
        label = t("Hint {{number}} of {{total}}:", number=number, total=len(hints))
        self.context.markdown(f"{label} {hints[number - 1]}")

    def note(self, view: View) -> None:
        """Print what has to be said besides."""
        if view.note is not None:
            self.context.echo(clean(view.note.localised(self.context.t)))

    def state(self, view: View) -> None:
        """Print which exercise is watched, and what to do."""
        t, exercise = self.context.t, view.current
        id_ = exercise.model.id
        title = f"{id_} · {exercise.title(self.context.lang)}"
        after = view.verdict is not None and view.verdict.exercise is not exercise
        self._say(t("Next: {{exercise}}", exercise=title) if after else title)
        file = clean(view.file or "")
        option = exercise.course.option
        if view.file is None:
            command = f"grader init . {id_}{option}"
            sentence = t("There is no file for it yet: {{command}} writes one.", command=command)
        elif view.judging:
            sentence = t("{{file}} is being graded …", file=file)
        elif view.untouched or after:
            sentence = t(
                "Write your answer into {{file}} and save it. What is asked: {{command}}",
                file=file,
                command=f"grader show {id_}{option}",
            )
        else:
            sentence = t("{{file}} is graded each time you save it.", file=file)
        self._say(sentence)

    def _say(self, text: str) -> None:
        """Print a text, wrapped between words."""
        width = self.context.width
        self.context.echo(
            textwrap.fill(text, width, break_long_words=False, break_on_hyphens=False)
        )

    def solved(self, view: View) -> str:
        """Return how many exercises are solved."""
        return self.context.t(
            "Solved so far: {{solved}} of {{total}}", solved=view.solved, total=view.total
        )

    @property
    def keys(self) -> str:
        """The keys with their words."""
        t = self.context.t
        return "   ".join(f"{key} {t(word)}" for key, (_, word) in KEYS.items())


class PaintedScreen:
    """A screen that is drawn anew at each change."""

    def __init__(self, context: Context, folder: Path) -> None:
        self._parts = _Parts(context, folder)
        self._view: View | None = None

    def show(self, view: View, event: Event) -> None:  # noqa: ARG002 - all is drawn anyway
        """Draw the view."""
        self._view = view
        self.repaint()

    def repaint(self) -> None:
        """Draw again what was drawn last, for instance on a terminal that was resized."""
        if self._view is None:
            return
        view, parts = self._view, self._parts
        console = parts.context.console
        console.file.write(_ANEW)
        for other in view.others:
            parts.other(other)
        parts.verdict(view)
        for shown, part in ((view.hint, parts.hint), (view.note, parts.note)):
            if shown:
                parts.context.echo()
                part(view)
        if view.others or view.verdict or view.hint or view.note:
            parts.context.echo()
        parts.state(view)
        parts.context.echo()
        parts.context.echo(f"{parts.keys}   {parts.solved(view)}")
        sys.stdout.flush()

    def unknown(self) -> None:
        """Do nothing: a key without a meaning."""


class PlainScreen:
    """Text line after line, each part once: for pipes, and for screen readers."""

    def __init__(self, context: Context, folder: Path) -> None:
        self._parts = _Parts(context, folder)
        self._told_keys = False

    def show(self, view: View, event: Event) -> None:
        """Print what has changed."""
        parts = self._parts
        printing = {
            "begun": self._begun,
            "judging": parts.state,
            "verdict": self._verdict,
            "other": lambda view: parts.other(view.others[-1]),
            "hint": parts.hint,
            "all": parts.verdict,
            "note": parts.note,
        }
        printing[event](view)
        if event != "judging":
            parts.context.echo()
        sys.stdout.flush()

    def _begun(self, view: View) -> None:
        self._parts.state(view)
        if not self._told_keys:
            self._told_keys = True
            self.unknown()

    def _verdict(self, view: View) -> None:
        parts = self._parts
        parts.verdict(view)
        if view.verdict is not None and view.verdict.exercise is not view.current:
            parts.context.echo(parts.solved(view))
            parts.state(view)

    def repaint(self) -> None:
        """Do nothing: what was printed stays."""

    def unknown(self) -> None:
        """Print the keys."""
        t = self._parts.context.t
        self._parts.context.echo(t("Keys, each followed by Enter: {{keys}}", keys=self._parts.keys))


class JsonScreen:
    """A report as JSON on each line, for programs."""

    def __init__(self, context: Context, folder: Path) -> None:
        self._parts = _Parts(context, folder)

    def show(self, view: View, event: Event) -> None:
        """Print the report of a new verdict."""
        verdict = {"verdict": view.verdict, "other": view.others[-1] if view.others else None}
        new = verdict.get(event)
        if new is not None:
            self._parts.context.echo(self._parts.localised(new).model_dump_json())
            sys.stdout.flush()
        elif event == "note":
            self._parts.context.note(view.note)

    def repaint(self) -> None:
        """Do nothing: what was printed stays."""

    def unknown(self) -> None:
        """Do nothing: a line without a meaning."""
