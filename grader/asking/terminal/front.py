"""The terminal with colours, arrows and typing: a prompt below the text of its question."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from grader.asking.shown_values import shown_value
from grader.asking.step import InOrder, Line, LinesOf, OneOf, SomeOf
from grader.asking.terminal.list_field import ListField
from grader.asking.terminal.rows import listing_rows, option_rows
from grader.asking.terminal.typed_field import TypedField
from grader.course.phrases import joined

if TYPE_CHECKING:
    from prompt_toolkit.formatted_text import StyleAndTextTuples

    from grader.asking.front import Prompt, Reply
    from grader.asking.step import Options
    from grader.asking.terminal.field import Field
    from grader.asking.terminal.list_state import Mode
    from grader.course.languages import Translator


class Page(Protocol):
    """What prints Markdown with formulas."""

    def markdown(self, text: str) -> None:
        """Print a text."""

    def echo(self, text: str = "") -> None:
        """Print lines as they are."""


class TerminalFront:
    """Asks on the terminal of this process."""

    def __init__(self, page: Page, t: Translator) -> None:
        self._page = page
        self.t = t

    def say(self, text: str) -> None:
        """Show a text."""
        self._page.markdown(text)
        self._page.echo()

    def ask(self, prompt: Prompt) -> Reply:
        """Show the question, its prompt below it, and then the answer in its place."""
        if prompt.text:
            self.say(prompt.text)
        reply = self._field(prompt).run()
        if reply.value and not prompt.asks_for_way:
            said = shown_value(prompt.step, reply.value, self.t)
            self.say(joined(self.t, self.t("Answer"), said))
        return reply

    def _field(self, prompt: Prompt) -> Field:
        t, step = self.t, prompt.step
        away = t("Tab: go on. Shift+Tab: back. Ctrl-C: stop.")
        match step:
            case OneOf(options=options):
                help_ = t("Arrows or a number: move. Enter: choose.")
                return self._options(prompt, "one", options, f"{help_} {away}")
            case SomeOf(options=options):
                help_ = t("Arrows or a number: move. Space: tick or untick. Enter: done.")
                return self._options(prompt, "some", options, f"{help_} {away}")
            case InOrder(options=options):
                help_ = t("Arrows: move. Space: the next in your order, or out of it. Enter: done.")
                return self._options(prompt, "order", options, f"{help_} {away}")
            case LinesOf(listing=listing):
                help_ = t("Arrows or a number: move. Space: tick or untick. Enter: done.")
                rows = listing_rows(listing)
                ids = [str(number) for number in range(1, len(rows) + 1)]
                return ListField(prompt, "some", ids, lambda _width: rows, f"{help_} {away}")
            case Line():
                help_ = t("Enter: done.")
                return TypedField(prompt, f"{help_} {away}", t)
            case _:
                help_ = t("Enter: a new line. Tab: done. Shift+Tab: back. Ctrl-C: stop.")
                return TypedField(prompt, help_, t)

    def _options(self, prompt: Prompt, mode: Mode, options: Options, help_: str) -> Field:
        ids = [id_ for id_, _ in options]
        numbered = mode != "order"  # there, numbers are places

        def rows(width: int) -> list[StyleAndTextTuples]:
            return option_rows(options, width, numbered=numbered)

        return ListField(prompt, mode, ids, rows, help_)
