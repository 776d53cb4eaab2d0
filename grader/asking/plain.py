"""Questions as plain lines: no cursor is moved, nothing is drawn; for pipes and screen readers."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TextIO

from grader.asking.front import Reply
from grader.asking.shown_values import shown_value
from grader.asking.step import InOrder, Line, LinesOf, OneOf, SomeOf, Text
from grader.asking.typed_values import NotAValueError, cleaned, typed_value
from grader.course.console_encoding import encodable
from grader.course.phrases import headed, joined
from grader.course.plain_text import markdown_to_text

if TYPE_CHECKING:
    from grader.asking.front import Prompt
    from grader.asking.step import Value
    from grader.course.languages import Translator

# Signs that every keyboard has, and that answer no question.
BACK, AGAIN, DONE = "--", "??", "."


class PlainFront:
    """Reads a line at a time from a stream, and writes lines to another."""

    def __init__(self, source: TextIO, out: TextIO, t: Translator, width: int) -> None:
        self._source = source
        self._out = out
        self.t = t
        self._width = width
        self._keys_are_known = False

    def say(self, text: str) -> None:
        """Show a text."""
        encoding = self._out.encoding or "ascii"
        self._write(f"{markdown_to_text(text, self._width, encoding)}\n\n")

    def ask(self, prompt: Prompt) -> Reply:
        """Ask until a line can be kept, or leads away."""
        self._ask(prompt)
        while True:
            line = self._line()
            if line is None:
                return Reply("stop", ended=True)
            typed = line.strip()
            if typed == BACK:
                return Reply("back")
            if not typed and not prompt.draft:
                return self._kept(prompt)
            if typed == AGAIN:
                self._ask(replace(prompt, text=prompt.whole or prompt.text))
                continue
            text = self._text(prompt, line) if isinstance(prompt.step, Text) and typed else line
            if text is None:
                return Reply("stop", ended=True)
            value = self._value(prompt, text if typed else prompt.draft)
            if value is not None:
                return Reply("on", value)

    def _value(self, prompt: Prompt, text: str) -> Value | None:
        """Return the value of a text; None if there is none, after printing the reason."""
        try:
            value = typed_value(prompt.step, text, self.t)
            problem = prompt.problem(value) if value else self._how(prompt)
        except NotAValueError as error:
            problem = str(error)
        if problem is not None:
            self._say_at_prompt(problem)
            return None
        if not prompt.asks_for_way:
            said = shown_value(prompt.step, value, self.t)
            self.say(joined(self.t, self.t("Noted"), said))
        return value

    def _ask(self, prompt: Prompt) -> None:
        step, t = prompt.step, self.t
        if not self._keys_are_known:
            self._keys_are_known = True
            self.say(
                t(
                    "An empty line leaves an answer as it is. `{{back}}` goes back, `{{again}}` "
                    "tells everything again, Ctrl-C stops.",
                    back=BACK,
                    again=AGAIN,
                )
            )
        self.say(prompt.text)
        for number, (_, text) in enumerate(getattr(step, "options", ()), 1):
            self._write(f"{self._wrapped(f'{number}. {text}')}\n")
        if isinstance(step, OneOf | SomeOf | InOrder):
            self._write("\n")
        if prompt.draft:
            self.say(joined(t, t("Your text so far"), "") + f"\n\n{_indented(prompt.draft)}")
        elif prompt.given and not prompt.asks_for_way:
            self.say(joined(t, t("Your answer so far"), shown_value(step, prompt.given, t)))
        self._say_at_prompt(self._how(prompt))

    def _say_at_prompt(self, text: str) -> None:
        mark = headed(self.t("Answer"), self.t)
        self._write(f"{self._wrapped(text)}\n{mark}")

    def _kept(self, prompt: Prompt) -> Reply:
        """Return the reply for an empty line: the answer so far, or none."""
        if not prompt.given:
            self.say(self.t("This stays open."))
        return Reply("on")

    def _text(self, prompt: Prompt, first: str) -> str | None:
        """Return a text that ends with a line of its own, None where the input ends before."""
        lines = [first]
        while True:
            prompt.keep_draft(cleaned("\n".join(lines)).strip())
            line = self._line()
            if line is None:
                return None
            if line.strip() == DONE:
                return "\n".join(lines)
            lines.append(line)

    def _how(self, prompt: Prompt) -> str:
        """Return the instruction for a prompt."""
        t = self.t
        match prompt.step:
            case OneOf(options=options) if prompt.asks_for_way:
                usual = dict(options)[prompt.given[0]]
                last = len(options)
                way, alone = t("Type a number from 1 to {{last}}.", last=last), t("Enter alone")
                return f"{way} {joined(t, alone, usual)}"
            case OneOf(options=options):
                return t("Type a number from 1 to {{last}}.", last=len(options))
            case SomeOf():
                return t("Type the numbers of all that apply, for instance: 1 3")
            case InOrder():
                return t("Type all numbers in the right order, for instance: 2 1 3")
            case LinesOf():
                return t("Type the number of the line, or several, for instance: 2 5")
            case Text():
                return t("Type a text, and end it with a line that holds only a full stop.")
            case Line(code=True):
                return t("Type one line of Python.")
            case _:
                return t("Type your answer.")

    def _line(self) -> str | None:
        """Return the next line of the input, None at its end."""
        self._out.flush()
        line = self._source.readline()
        if not (line and self._source.isatty()):
            self._write("\n")  # nobody has seen an Enter
        if not line:
            return None
        return line.rstrip("\r\n")

    def _wrapped(self, text: str) -> str:
        return markdown_to_text(text, self._width, self._out.encoding or "ascii")

    def _write(self, text: str) -> None:
        self._out.write(encodable(text, self._out.encoding or "ascii"))


def _indented(text: str) -> str:
    return "\n".join(f"    {line}" for line in text.split("\n"))
