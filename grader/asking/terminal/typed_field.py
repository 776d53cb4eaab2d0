"""Lines and texts that are typed in a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prompt_toolkit.buffer import Buffer
from prompt_toolkit.document import Document
from prompt_toolkit.layout import Window
from prompt_toolkit.layout.controls import BufferControl
from prompt_toolkit.lexers import PygmentsLexer

from grader.asking.step import Line, Text
from grader.asking.terminal.field import Field
from grader.asking.typed_values import cleaned, typed_value

if TYPE_CHECKING:
    from prompt_toolkit.key_binding.key_processor import KeyPressEvent

    from grader.asking.front import Prompt
    from grader.asking.step import Value
    from grader.course.languages import Translator

_MARGIN = "> "


class TypedField(Field):
    """A line, or a text of several lines, with the usual keys of an editor."""

    def __init__(self, prompt: Prompt, help_: str, t: Translator) -> None:
        super().__init__(prompt, help_)
        self._t = t
        self._several = isinstance(prompt.step, Text)
        text = cleaned(prompt.draft or str(prompt.given or ""))
        self._buffer = Buffer(
            document=Document(text, len(text)),
            multiline=self._several,
            on_text_changed=lambda _buffer: self._changed(),
        )
        self._bind_enter()

    def value(self) -> Value:
        """Return the text, without control characters."""
        return typed_value(self.prompt.step, self._buffer.text, self._t)

    def window(self) -> Window:
        """Return the line or the text behind a mark."""
        lexer = None
        if isinstance(self.prompt.step, Line) and self.prompt.step.code:
            from pygments.lexers.python import PythonLexer  # noqa: PLC0415 - few answers are code

            lexer = PygmentsLexer(PythonLexer)
        return Window(
            BufferControl(self._buffer, lexer=lexer),
            wrap_lines=True,
            get_line_prefix=lambda _line, wrapped: "  " if wrapped else _MARGIN,
            dont_extend_height=True,
        )

    def _changed(self) -> None:
        self.message = ""
        if self._several:
            self.prompt.keep_draft(cleaned(self._buffer.text).strip())

    def _bind_enter(self) -> None:
        @self.keys.add("enter")
        def _enter(event: KeyPressEvent) -> None:
            if self._several:
                self._buffer.newline(copy_margin=False)
            else:
                self.finish(event, self.value())
