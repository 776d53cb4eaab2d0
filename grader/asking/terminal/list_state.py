"""A list in a terminal: where the pointer is, and what is chosen."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Mode = Literal["one", "some", "order"]


@dataclass
class ListState:
    """Rows, from 0, of which one is pointed at and some are chosen, in this order."""

    mode: Mode
    rows: int
    at: int = 0
    chosen: list[int] = field(default_factory=list)
    _typed: str = ""

    def move(self, by: int) -> None:
        """Move the pointer, at most to the first or the last row."""
        self._typed = ""
        self.at = min(max(self.at + by, 0), self.rows - 1)

    def type_digit(self, digit: str) -> None:
        """Point at the row whose number, from 1, has been typed so far."""
        self._typed += digit
        if not 1 <= int(self._typed) <= self.rows:
            self._typed = digit
        if 1 <= int(self._typed) <= self.rows:
            self.at = int(self._typed) - 1
        else:
            self._typed = ""

    def toggle(self) -> None:
        """Choose the row that is pointed at, or take it back."""
        self._typed = ""
        if self.mode == "one":
            self.chosen = [self.at]
        elif self.at in self.chosen:
            self.chosen.remove(self.at)
        else:
            self.chosen.append(self.at)

    def takes_pointed(self) -> bool:
        """Return whether ending the list chooses the row that is pointed at: nothing else is."""
        return self.mode == "one" or not self.chosen

    def result(self) -> list[int]:
        """Return the chosen rows: in the order of choosing where that counts, else of the list."""
        return [*self.chosen] if self.mode == "order" else sorted(self.chosen)

    def mark(self, row: int) -> str:
        """Return the sign before a row."""
        pointer = ">" if row == self.at else " "
        if self.mode == "one":
            return f"{pointer} "
        place = "x" if self.mode == "some" else str(1 + self._place(row))
        width = 1 if self.mode == "some" else len(str(self.rows))
        return f"{pointer} [{place if row in self.chosen else '':{width}}] "

    def _place(self, row: int) -> int:
        return self.chosen.index(row) if row in self.chosen else -1
