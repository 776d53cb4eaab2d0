"""A person at a terminal: presses keys, and sees the screen as a terminal draws it."""

import fcntl
import os
import pty
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from pathlib import Path

import pyte

ENTER, SPACE, TAB, BACK, STOP, END = "\r", " ", "\t", "\x1b[Z", "\x03", "\x04"
UP, DOWN, LEFT = "\x1b[A", "\x1b[B", "\x1b[D"
_PATIENCE = 60.0  # seconds, for a machine on which everything is slow


class Person:
    """Runs ``grader`` on a terminal of so many columns and rows."""

    def __init__(
        self,
        folder: Path,
        *arguments: object,
        lang: str = "en",
        columns: int = 80,
        rows: int = 40,
        **environment: str,
    ) -> None:
        self.screen = pyte.HistoryScreen(columns, rows, history=5000)
        self._stream = pyte.ByteStream(self.screen)
        self.raw = b""
        self._main, side = pty.openpty()
        fcntl.ioctl(side, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        self.before = termios.tcgetattr(side)
        left_out = ("GRADER_", "PYTEST_", "NO_COLOR", "COLUMNS", "LINES")
        kept = {k: v for k, v in os.environ.items() if not k.startswith(left_out)}
        self.process = subprocess.Popen(
            [sys.executable, "-P", "-m", "grader", *map(str, arguments)],
            cwd=folder,
            stdin=side,
            stdout=side,
            stderr=side,
            start_new_session=True,
            preexec_fn=_own_terminal,  # noqa: PLW1509 - no threads here
            env={**kept, "TERM": "xterm-256color", "GRADER_LANG": lang, **environment},
        )
        self.side = side

    def sees(self, *texts: str) -> str:
        """Wait until all texts are on the screen; return the screen."""
        until = time.monotonic() + _PATIENCE
        while not all(text in self.text() for text in texts):
            assert time.monotonic() < until, f"{texts} not on the screen:\n{self.text()}"
            self._read(0.2)
        return self.text()

    def asks(self, *texts: str) -> str:
        """Wait until there is a prompt below these texts; return the screen."""
        return self.sees(*texts, "Ctrl-C")

    def types(self, *keys: str) -> None:
        """Press keys, one after the other."""
        os.write(self._main, "".join(keys).encode())

    def text(self) -> str:
        """Return the screen, without spaces at the ends of lines."""
        return "\n".join(line.rstrip() for line in self.screen.display)

    def everything(self) -> str:
        """Return all lines that have been on the screen."""
        above = ["".join(line[x].data for x in range(self.screen.columns)) for line in self._past()]
        return "\n".join([*(line.rstrip() for line in above), self.text()])

    def ends(self) -> int:
        """Wait for the end of the program; return its exit code."""
        until = time.monotonic() + _PATIENCE
        while self.process.poll() is None:
            assert time.monotonic() < until, f"no end:\n{self.text()}"
            self._read(0.1)
        while self._read(0.1):
            pass
        return self.process.returncode

    def is_as_before(self) -> bool:
        """Return whether the terminal echoes and reads lines as it did at first."""
        return termios.tcgetattr(self.side)[:4] == self.before[:4]

    def hangs_up(self) -> None:
        """Close the terminal, as closing its window does."""
        os.close(self.side)
        os.close(self._main)
        self._main = -1

    def close(self) -> None:
        """End whatever still runs."""
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        if self._main >= 0:
            os.close(self._main)
            os.close(self.side)

    def _past(self) -> list[dict[int, pyte.screens.Char]]:
        return [*self.screen.history.top]

    def _read(self, seconds: float) -> bytes:
        ready, _, _ = select.select([self._main], [], [], seconds)
        if not ready:
            return b""
        try:
            data = os.read(self._main, 65536)
        except OSError:  # the program has left the terminal
            return b""
        self.raw += data
        self._stream.feed(data)
        return data


def _own_terminal() -> None:
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)
