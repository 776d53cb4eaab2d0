"""What all prompts in a terminal have in common: keys that lead away, messages, help."""

from __future__ import annotations

import os
import sys
import textwrap
from abc import ABC, abstractmethod
from typing import TYPE_CHECKING

from prompt_toolkit.application import Application, get_app
from prompt_toolkit.filters import Condition
from prompt_toolkit.key_binding import KeyBindings
from prompt_toolkit.layout import ConditionalContainer, HSplit, Layout, Window
from prompt_toolkit.layout.controls import FormattedTextControl
from prompt_toolkit.output.vt100 import Vt100_Output

from grader.asking.front import Reply
from grader.asking.terminal.style import STYLE

if TYPE_CHECKING:
    from prompt_toolkit.formatted_text import StyleAndTextTuples
    from prompt_toolkit.key_binding.key_processor import KeyPressEvent

    from grader.asking.front import Prompt
    from grader.asking.step import Value

_NARROWEST = 20  # columns: on fewer, words are cut


class Field(ABC):
    """A prompt on the screen; what is drawn is removed when it ends."""

    def __init__(self, prompt: Prompt, help_: str) -> None:
        self.prompt = prompt
        self.keys = KeyBindings()
        self.message = ""
        self._help = help_
        self._bind()

    @abstractmethod
    def value(self) -> Value:
        """Return the entered value, which may be empty."""

    @abstractmethod
    def window(self) -> Window:
        """Return the part of the screen in which it is entered."""

    def run(self) -> Reply:
        """Show the prompt until there is a reply."""
        sys.stdout.flush()
        window = self.window()
        app: Application[Reply] = Application(
            layout=Layout(HSplit([window, *self._below()]), focused_element=window),
            key_bindings=self.keys,
            style=STYLE,
            output=_output(),
            erase_when_done=True,
            include_default_pygments_style=False,
        )
        try:
            return app.run()
        except EOFError:  # the terminal is gone
            return Reply("stop", ended=True)

    def finish(self, event: KeyPressEvent, value: Value) -> None:
        """End with a value, or display the problem with it."""
        self.message = (self.prompt.problem(value) if value else None) or ""
        if not self.message:
            event.app.exit(result=Reply("on", value or None))

    def go_back(self, event: KeyPressEvent) -> None:
        """End without a value, on the way back."""
        event.app.exit(result=Reply("back"))

    def _bind(self) -> None:
        @self.keys.add("tab")
        def _on(event: KeyPressEvent) -> None:
            self.finish(event, self.value())

        @self.keys.add("s-tab")
        def _back(event: KeyPressEvent) -> None:
            self.go_back(event)

        @self.keys.add("c-c")
        @self.keys.add("c-d")
        @self.keys.add("<sigint>")
        def _stop(event: KeyPressEvent) -> None:
            event.app.exit(result=Reply("stop"))

    def _below(self) -> list[ConditionalContainer | Window]:
        def message() -> StyleAndTextTuples:
            return [("class:problem", textwrap.fill(self.message, columns()))]

        def help_() -> StyleAndTextTuples:
            return [("", "\n"), ("class:help", textwrap.fill(self._help, columns()))]

        told = Window(FormattedTextControl(message), dont_extend_height=True)
        return [
            ConditionalContainer(told, Condition(lambda: bool(self.message))),
            Window(FormattedTextControl(help_), dont_extend_height=True),
        ]


def columns() -> int:
    """Return the width of the terminal, as it is now."""
    return max(_NARROWEST, get_app().output.get_size().columns)


def _output() -> Vt100_Output:
    output = Vt100_Output.from_pty(sys.stdout, term=os.environ.get("TERM"), enable_bell=False)
    output.enable_cpr = False  # not every terminal can tell where its cursor is
    return output
