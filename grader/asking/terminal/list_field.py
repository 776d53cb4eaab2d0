"""Lists in a terminal: options or lines of a program, chosen by arrows, space and numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prompt_toolkit.layout import ScrollOffsets, Window
from prompt_toolkit.layout.controls import FormattedTextControl

from grader.asking.terminal.field import Field, columns
from grader.asking.terminal.list_state import ListState

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from prompt_toolkit.formatted_text import StyleAndTextTuples
    from prompt_toolkit.key_binding.key_processor import KeyPressEvent

    from grader.asking.front import Prompt
    from grader.asking.step import Value
    from grader.asking.terminal.list_state import Mode

_PAGE = 10  # rows


class ListField(Field):
    """Rows to choose from; ``ids`` are their values.

    ``rows`` returns what is shown of each in so many columns; words that do not fit are on further
    lines.
    """

    def __init__(
        self,
        prompt: Prompt,
        mode: Mode,
        ids: Sequence[str],
        rows: Callable[[int], Sequence[StyleAndTextTuples]],
        help_: str,
    ) -> None:
        chosen = [ids.index(id_) for id_ in prompt.given if id_ in ids]
        at = chosen[0] if chosen and mode != "order" else 0
        self._state = ListState(mode, len(ids), at, chosen)
        self._ids = ids
        self._rows = rows
        super().__init__(prompt, help_)
        self._bind_list()

    def value(self) -> Value:
        """Return the chosen ids: as they were chosen where the order counts, else as shown."""
        return tuple(self._ids[row] for row in self._state.result())

    def window(self) -> Window:
        """Return the list; a row that is longer than the screen is wide goes on below itself."""
        margin = " " * len(self._state.mark(0))
        return Window(
            FormattedTextControl(self._fragments, focusable=True, show_cursor=True),
            wrap_lines=True,
            get_line_prefix=lambda _line, wrapped: margin if wrapped else "",
            dont_extend_height=True,
            scroll_offsets=ScrollOffsets(top=1, bottom=1),
        )

    def _fragments(self) -> StyleAndTextTuples:
        found: StyleAndTextTuples = []
        margin = len(self._state.mark(0))
        for number, row in enumerate(self._rows(columns() - margin)):
            at = number == self._state.at
            if number:
                found.append(("", "\n"))
            if at:
                found.append(("[SetCursorPosition]", ""))
            style = "class:pointer " if at else ""
            found.append((style, self._state.mark(number)))
            indented = f"\n{' ' * margin}"
            found += [(f"{style}{one[0]}", one[1].replace("\n", indented)) for one in row]
        return found

    def _bind_list(self) -> None:
        state = self._state
        moves = {"up": -1, "down": 1, "pageup": -_PAGE, "pagedown": _PAGE}
        moves |= {"home": -state.rows, "end": state.rows}
        for key, by in moves.items():
            self._add(key, lambda by=by: state.move(by))  # type: ignore[misc]
        for digit in "0123456789":
            self._add(digit, lambda digit=digit: state.type_digit(digit))  # type: ignore[misc]

        @self.keys.add("left")
        def _left(event: KeyPressEvent) -> None:
            self.go_back(event)

        @self.keys.add("space")
        def _space(event: KeyPressEvent) -> None:
            state.toggle()
            self.message = ""
            if state.mode == "one":
                self.finish(event, self.value())

        @self.keys.add("enter")
        def _enter(event: KeyPressEvent) -> None:
            if state.takes_pointed():
                state.toggle()
            self.finish(event, self.value())

    def _add(self, key: str, act: Callable[[], None]) -> None:
        @self.keys.add(key)
        def _act(_event: KeyPressEvent) -> None:
            self.message = ""
            act()
