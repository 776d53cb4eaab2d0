"""The program at a terminal, with somebody who answers its questions."""

import os
import pty
import select
import subprocess
import sys
import time
from collections.abc import Iterable
from pathlib import Path


def talk(folder: Path, *arguments: str, answers: Iterable[str]) -> str:
    """Run the program at a terminal; give each answer once its question has been asked."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith("GRADER_")}
    main, terminal = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-P", "-m", "grader", *arguments],
        cwd=folder,
        stdin=terminal,
        stdout=terminal,
        stderr=terminal,
        env={**kept, "GRADER_LANG": "en", "NO_COLOR": "1", "COLUMNS": "100"},
    )
    os.close(terminal)
    told, answers, until = "", list(answers), time.monotonic() + 300
    while time.monotonic() < until:
        ready, _, _ = select.select([main], [], [], 0.1)
        if ready:
            try:
                piece = os.read(main, 4096)
            except OSError:
                break  # the program has left the terminal
            told += piece.decode()
        if answers and told.endswith(": "):
            told += "\n"
            os.write(main, f"{answers.pop(0)}\n".encode())
    process.wait(timeout=120)
    os.close(main)
    return told
