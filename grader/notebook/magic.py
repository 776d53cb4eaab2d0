"""``%%grade`` and ``%grade``: the magics, and what is done with a cell that was graded."""

from __future__ import annotations

import atexit
import os
import re
import shutil
import sys
from pathlib import Path
from typing import Any

from grader.course.languages import msgid
from grader.notebook.history import History, parsed
from grader.notebook.judge_process import JudgeProcess, JudgeProcessError

_COLUMNS = 80
_INTERRUPTED = msgid("Grading was interrupted; the cell was not run.")
_ENDLESS = msgid("The cell was not run here: it does not end.")
# IPython runs what awaits in a cell of its own, not inside of a magic.
_AWAITS = msgid(
    "The cell was not run here, because it awaits something: run it once more without its first "
    "line."
)


class GradeMagic:
    """The magics of one shell of IPython, and the process that judges for it."""

    def __init__(self, shell: Any) -> None:
        self._shell = shell
        self._judge = JudgeProcess()
        self._history = History(shell.transform_cell)
        self._running = (0, "")  # number and text of the cell that is being run
        stored = list(enumerate(shell.history_manager.input_hist_raw))
        for number, text in stored[1:]:
            self._history.ran(number, text)

    def load(self) -> None:
        """Register magics and events."""
        self._shell.register_magic_function(self.grade, "line_cell", "grade")
        self._shell.input_transformers_cleanup.append(without_body)
        self._shell.events.register("pre_run_cell", self._before_cell)
        self._shell.events.register("post_run_cell", self._after_cell)
        atexit.register(self._judge.end)

    def unload(self) -> None:
        """Remove magics and events, and end the process."""
        for kind in ("line", "cell"):
            self._shell.magics_manager.magics[kind].pop("grade", None)
        self._shell.input_transformers_cleanup.remove(without_body)
        self._shell.events.unregister("pre_run_cell", self._before_cell)
        self._shell.events.unregister("post_run_cell", self._after_cell)
        atexit.unregister(self._judge.end)
        self._judge.end()

    def _before_cell(self, info: Any) -> None:
        """Note a cell that is about to be run, unless another cell runs it, or nobody sees it."""
        if info.store_history and not info.silent:
            # Its count is raised before this in newer versions of IPython, and later in older ones.
            number = len(self._shell.history_manager.input_hist_raw)
            self._running = (number, info.raw_cell)
            self._history.ran(number, info.raw_cell, getattr(info, "cell_id", None))

    def _after_cell(self, result: Any) -> None:
        """Forget a cell that was interrupted: it does not end, or nobody waits for it."""
        info = result.info
        if info.store_history and isinstance(result.error_in_exec, KeyboardInterrupt):
            self._history.forget(result.execution_count)

    def grade(self, line: str, cell: str | None = None) -> None:
        """Grade this cell as an answer to an exercise, then run it: ``%%grade ex11``.

        ``%grade ex11`` grades what was run so far. ``%grade --help`` lists the options.
        """
        number, text = self._running
        if cell is not None and cell.strip() not in text:  # a program has called the magic
            self._history.forget(number)
            self._history.ran(number, f"%%grade {line}\n{cell}")
        try:
            answer = self._judge.ask(self._question(line, None if cell is None else number))
        except KeyboardInterrupt:
            self._history.forget(number)
            sentence = _t(_INTERRUPTED)
            raise _ended("KeyboardInterrupt", sentence, [sentence]) from None
        except JudgeProcessError as error:
            answer = {"notes": [_fault(error)]}
        self._show(answer)
        if cell is None:
            return
        if self._may_run(cell, answer):
            self._run(number, line, cell)
        elif answer.get("code", True):
            self._history.forget(number)

    def _question(self, line: str, graded: int | None) -> dict[str, Any]:
        return {
            "line": line,
            "graded": graded,
            "cells": self._history.cells(),
            "name": self._name(),
            "folder": os.getcwd(),  # noqa: PTH109 - a text
            "environment": {
                name: value for name, value in os.environ.items() if name.startswith("GRADER_")
            },
            "columns": shutil.get_terminal_size().columns if sys.stdout.isatty() else _COLUMNS,
        }

    def _name(self) -> str:
        """Return the name of the notebook, as far as front ends tell it."""
        told = self._shell.user_ns.get("__vsc_ipynb_file__") or os.environ.get("JPY_SESSION_NAME")
        name = Path(told).name if isinstance(told, str) else ""
        return name if name.endswith(".ipynb") else "notebook.ipynb"

    def _show(self, answer: dict[str, Any]) -> None:
        """Show a report, and what the command says besides."""
        if answer.get("printed"):
            sys.stdout.write(answer["printed"])
        for note in answer["notes"]:
            sys.stdout.write(f"{note}\n")
        shown = {"text/plain": answer.get("text"), "text/html": answer.get("html")}
        present = {kind: text for kind, text in shown.items() if text}
        if present:
            self._shell.display_pub.publish(present)

    def _may_run(self, cell: str, answer: dict[str, Any]) -> bool:
        """Return True if the cell is to be run as well.

        Neither answers to questions nor what Python cannot read; of the latter the report tells.
        What does not end outside its functions would block the kernel.
        """
        if not answer.get("code", True):
            return False
        if not answer.get("ends", True):
            sys.stdout.write(f"{_t(_ENDLESS)}\n")
            return False
        python = self._shell.transform_cell
        if parsed(cell, python) is None:
            return not answer.get("text")
        if self._shell.should_run_async(cell, transformed_cell=python(cell)):
            sys.stdout.write(f"{_t(_AWAITS)}\n")
            return False
        return True

    def _run(self, number: int, line: str, cell: str) -> None:
        """Run a cell as any other: lines are counted as in it, and what stops it stops it."""
        # A cell magic must be in the first line.
        text = cell if cell.lstrip().startswith("%%") else f"# %%grade {line}\n{cell}"
        shown: list[tuple[Any, ...]] = []
        shell = self._shell
        count, shell.execution_count = shell.execution_count, number
        shell._showtraceback = lambda *told: shown.append(told)  # noqa: SLF001 - made to be replaced
        try:
            result = shell.run_cell(text)
        finally:
            del shell._showtraceback  # noqa: SLF001
            shell.execution_count = count
        error = result.error_before_exec or result.error_in_exec
        if error is not None:
            rendered = shown[-1][2] if shown else []
            name = type(error).__name__
            raise _ended(name, str(error), rendered).with_traceback(error.__traceback__)


def without_body(lines: list[str]) -> list[str]:
    """Make the magic of a line of a cell with nothing below its mark: IPython refuses it."""
    text = "".join(lines)
    alone = re.match(r"%%grade\b", text) and not text.partition("\n")[2].strip()
    return [text[1:]] if alone else lines


# Then IPython leaves it out where it asks whether a cell that is being typed goes on.
without_body.has_side_effects = True  # type: ignore[attr-defined]


def _ended(name: str, message: str, rendered: list[str]) -> Exception:
    """Return an exception that IPython shows by these lines, as one of another name."""
    kind = type(name, (Exception,), {"_render_traceback_": lambda _: rendered})
    ended: Exception = kind(message)
    return ended


def _t(sentence: str) -> str:
    from grader.course.languages import Translator, choose_language  # noqa: PLC0415 - rarely needed

    return Translator(choose_language())(sentence)


def _fault(error: JudgeProcessError) -> str:
    """Return the sentence for a failure of the process that judges."""
    sentence = _t("This is the grader's own fault, not yours: {{error}}")
    last = str(error).rstrip().rpartition("\n")[2]
    told = str(error) if os.environ.get("GRADER_DEBUG") == "1" else last
    return sentence.replace("{{error}}", f"`{told or 'EOF'}`")
