"""The keys of a watch: single ones at a terminal, lines of input elsewhere.

The terminal is set back however the watch ends: at the end of the block, and by the shell where the
process is killed.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import termios
import tty
from typing import TYPE_CHECKING, Any, Self

from grader.course.languages import msgid
from grader.watch.session import Pressed, Stopped

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from grader.course.languages import Translator
    from grader.watch.session import Event, Key

KEYS: dict[str, tuple[Key, str]] = {
    "n": ("next", msgid("next")),
    "p": ("previous", msgid("previous")),
    "h": ("hint", msgid("hint")),
    "a": ("all", msgid("all checks")),
    "q": ("quit", msgid("quit")),
}
"""What each key does, and the word for it."""
# The same keys where a Russian keyboard is switched on.
_PLACES = str.maketrans("тзрфй", "nphaq")
_END = "\x04"  # Ctrl-D
_MOST = 4096  # bytes that are read at once


class Keyboard:
    """Reads keys from a descriptor and puts them into a queue, inside a ``with`` block.

    ``single``: keys are read as they are pressed, else line by line. ``unknown`` is called for a
    line that is no key.
    """

    def __init__(
        self,
        descriptor: int,
        events: asyncio.Queue[Event],
        t: Translator,
        unknown: Callable[[], None],
        *,
        single: bool,
    ) -> None:
        self._descriptor = descriptor
        self._events = events
        self._words = {t(word).casefold(): key for key, word in KEYS.values()}
        self._unknown = unknown
        self._single = single
        self._rest = b""
        self._before: list[Any] | None = None

    def __enter__(self) -> Self:
        self.attach()
        return self

    def __exit__(self, *_: object) -> None:
        with contextlib.suppress(ValueError, OSError):
            asyncio.get_running_loop().remove_reader(self._descriptor)
        if self._before is not None:
            with contextlib.suppress(termios.error):  # the terminal is gone
                termios.tcsetattr(self._descriptor, termios.TCSADRAIN, self._before)

    def attach(self) -> None:
        """Begin to read, unless the process is in the background of its terminal."""
        if os.isatty(self._descriptor) and not self._in_foreground():
            return
        if self._single:
            if self._before is None:
                self._before = termios.tcgetattr(self._descriptor)
            tty.setcbreak(self._descriptor, termios.TCSADRAIN)
        with contextlib.suppress(PermissionError):  # a file or /dev/null: nobody presses keys there
            asyncio.get_running_loop().add_reader(self._descriptor, self._read)

    def _in_foreground(self) -> bool:
        try:
            return os.tcgetpgrp(self._descriptor) == os.getpgrp()
        except OSError:
            return False

    def _read(self) -> None:
        try:
            piece = os.read(self._descriptor, _MOST)
        except OSError:
            piece = b""  # the terminal is gone
        if not piece:
            asyncio.get_running_loop().remove_reader(self._descriptor)
            self._events.put_nowait(Stopped(0))
            return
        for key in self._pressed(piece) if self._single else self._written(piece):
            self._events.put_nowait(Pressed(key))

    def _pressed(self, piece: bytes) -> Iterator[Key]:
        """Yield the keys among characters; what begins with an escape is an arrow or the like."""
        text = piece.decode("utf-8", "ignore").lower().translate(_PLACES)
        if text.startswith("\x1b"):
            return
        for character in text:
            if character == _END:
                yield "quit"
            elif character in KEYS:
                yield KEYS[character][0]

    def _written(self, piece: bytes) -> Iterator[Key]:
        *lines, self._rest = (self._rest + piece).split(b"\n")
        self._rest = self._rest[-_MOST:]
        for line in lines:
            word = line.decode("utf-8", "ignore").strip().casefold()
            letter = word.translate(_PLACES)
            if letter in KEYS:
                yield KEYS[letter][0]
            elif word in self._words:
                yield self._words[word]
            elif word:
                self._unknown()
