"""``grader watch`` at a pseudo-terminal, as somebody who edits beside it sees it."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import struct
import subprocess
import sys
import termios
import time
from pathlib import Path
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from collections.abc import Mapping

ANEW = "\x1b[H\x1b[2J"
_STYLES = re.compile(r"\x1b\[[0-9;]*m")
_BACKSTOP = 40.0  # seconds that nothing needs


def unstyled(text: str) -> str:
    """Return what was printed without colours."""
    return _STYLES.sub("", text).replace("\r\n", "\n")


class Terminal:
    """A program at a terminal of 80 columns, whose session it leads; ends it at the end of a block.

    ``printed`` holds all that it has printed so far.
    """

    def __init__(
        self, folder: Path, *arguments: str | Path, env: Mapping[str, str] | None = None
    ) -> None:
        self.main, terminal = pty.openpty()
        fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 50, 80, 0, 0))
        self.settings = termios.tcgetattr(terminal)
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("GRADER_", "PYTEST_"))}
        for name in ("NO_COLOR", "COLUMNS"):
            kept.pop(name, None)
        self.process = subprocess.Popen(
            [sys.executable, "-P", "-m", "grader", *map(str, arguments)],
            cwd=folder,
            stdin=terminal,
            stdout=terminal,
            stderr=terminal,
            env={**kept, "GRADER_LANG": "en", "TERM": "xterm-256color", **(env or {})},
            start_new_session=True,
            preexec_fn=_take_terminal,  # noqa: PLW1509 - between fork and exec, where it is one call
        )
        os.close(terminal)
        self.printed = ""
        self._open = True

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        self.hang_up()

    def hang_up(self) -> None:
        """Close the terminal, as its window is closed."""
        if self._open:
            self._open = False
            os.close(self.main)

    def press(self, keys: str) -> None:
        """Press keys."""
        os.write(self.main, keys.encode())

    def read(self, seconds: float = 0.05) -> bool:
        """Read what is printed within some time; return False when the terminal was left."""
        ready, _, _ = select.select([self.main], [], [], seconds)
        if not ready:
            return True
        try:
            piece = os.read(self.main, 1 << 16)
        except OSError:
            return False
        self.printed += piece.decode("utf-8", "replace")
        return True

    def until(self, *texts: str, since: int = 0) -> str:
        """Wait until all texts are printed; return what was printed from a place on, unstyled."""
        given_up = time.monotonic() + _BACKSTOP
        while True:
            seen = unstyled(self.printed[since:])
            if all(text in seen for text in texts):
                return seen
            if not self.read() or time.monotonic() > given_up:
                raise AssertionError(f"not printed: {texts!r}\n{seen}")

    @property
    def screen(self) -> str:
        """What is on the screen now, of a screen that is drawn anew."""
        return unstyled(self.printed.rpartition(ANEW)[2])

    def on_screen(self, *texts: str) -> str:
        """Wait until all texts are on the screen together; return it."""
        given_up = time.monotonic() + _BACKSTOP
        while True:
            shown = self.screen
            if all(text in shown for text in texts):
                return shown
            if not self.read() or time.monotonic() > given_up:
                raise AssertionError(f"not on the screen: {texts!r}\n{shown}")

    def end(self) -> int:
        """Wait for the end; return the exit code."""
        given_up = time.monotonic() + _BACKSTOP
        while self.process.poll() is None:
            if self._open and not self.read():
                break
            if time.monotonic() > given_up:
                raise AssertionError(f"still running\n{self.printed}")
        return self.process.wait(timeout=_BACKSTOP)


def _take_terminal() -> None:
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


def descendants(pid: int) -> set[int]:
    """Return the processes that a process has started, and those that they have."""
    parents = {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                stat = (folder / "stat").read_text(encoding="utf-8", errors="replace")
            except OSError:
                continue  # it has ended meanwhile
            parents[int(folder.name)] = int(stat.rpartition(")")[2].split()[1])
    found: set[int] = set()
    new = {pid}
    while new:
        new = {child for child, parent in parents.items() if parent in new} - found
        found |= new
    return found


def alive(pid: int) -> bool:
    """Return True if a process is there and no zombie."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return False
    return stat.rpartition(")")[2].split()[0] not in {"Z", "X"}
