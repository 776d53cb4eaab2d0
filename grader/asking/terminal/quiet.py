"""A terminal that does not echo what is typed before there is a prompt for it."""

from __future__ import annotations

import contextlib
import sys
import termios
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_FLAGS = 3  # the place of the local modes among a terminal's attributes


@contextlib.contextmanager
def without_echo() -> Iterator[None]:
    """Turn the echo of the terminal on standard input off, and on again in the end.

    An echo between two prompts would move the cursor from where the next one is drawn.
    """
    terminal = sys.stdin.fileno()
    before = termios.tcgetattr(terminal)
    quiet = [*before]
    quiet[_FLAGS] &= ~termios.ECHO
    termios.tcsetattr(terminal, termios.TCSANOW, quiet)
    try:
        yield
    finally:
        with contextlib.suppress(termios.error):  # the terminal may be gone
            termios.tcsetattr(terminal, termios.TCSANOW, before)
