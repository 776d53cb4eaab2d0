"""Questions as plain lines: no cursor is moved, nothing is drawn; for pipes and screen readers."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from typing import TYPE_CHECKING, TextIO

from grader.asking.front import Reply
from grader.asking.instructions import instruction
from grader.asking.shown_values import shown_value
from grader.asking.step import InOrder, OneOf, SomeOf, Text
from grader.asking.typed_values import NotAValueError, are_numbered, cleaned, typed_value
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

    def open(self) -> AbstractContextManager[None]:
        """Do nothing: lines need no preparation."""
        return nullcontext()

    def say(self, text: str) -> None:
        """Show a text."""
        self._write(f"{self._wrapped(text)}\n\n")

    def ask(self, prompt: Prompt) -> Reply:
        """Ask until a line can be kept, or leads away."""
        self._ask(prompt)
        while True:
            line = self._line()
            if line is None:
                return self._stopped()
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
                return self._stopped()
            value = self._value(prompt, text if typed else prompt.draft)
            if value is not None:
                return Reply("on", value)

    def _stopped(self) -> Reply:
        """Return the reply for an end of the input; at a terminal somebody wishes it."""
        return Reply("stop", ended=not self._source.isatty())

    def _value(self, prompt: Prompt, text: str) -> Value | None:
        """Return the value of a text; None if there is none, after printing the reason."""
        try:
            value = typed_value(prompt.step, text, self.t)
            problem = prompt.problem(value) if value else instruction(prompt, self.t)
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
        if isinstance(step, OneOf | SomeOf | InOrder):
            numbered = are_numbered(step)
            for number, (id_, text) in enumerate(step.options, 1):
                label = f"{number}. " if numbered else headed(id_, t)
                self._write(f"{self._wrapped(f'{label}{text}')}\n")
            self._write("\n")
        if prompt.draft:
            self.say(joined(t, t("Your text so far"), "") + f"\n\n{_indented(prompt.draft)}")
        elif prompt.given and not prompt.asks_for_way:
            self.say(joined(t, t("Your answer so far"), shown_value(step, prompt.given, t)))
        self._say_at_prompt(instruction(prompt, self.t))

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
        encoding = self._out.encoding or "ascii"
        return markdown_to_text(text, self._width, encoding, aloud=True)

    def _write(self, text: str) -> None:
        self._out.write(encodable(text, self._out.encoding or "ascii"))


def _indented(text: str) -> str:
    return "\n".join(f"    {line}" for line in text.split("\n"))
