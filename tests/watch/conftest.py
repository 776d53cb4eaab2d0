"""A workspace on the small course, and a watch of it at a terminal."""

import subprocess
import sys

import pytest
from support.text_blocks import block
from support.tree import TINY
from support.watching import Terminal


@pytest.fixture
def workspace(tmp_path):
    """A folder with the files to start from."""
    folder = tmp_path / "work"
    command = ["init", str(folder), "--all", "--lang", "en", "--course", str(TINY)]
    program = [sys.executable, "-P", "-m", "grader"]
    subprocess.run([*program, *command], check=True, capture_output=True)
    return folder


@pytest.fixture
def watch(workspace, tmp_path):
    """Start a watch of the workspace; its temporary files are in a folder of their own."""
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    started = []

    def start(*arguments, folder=workspace, env=None):
        own = {"TMPDIR": str(temporary), **(env or {})}
        terminal = Terminal(folder, "watch", "--course", TINY, *arguments, env=own)
        started.append(terminal)
        return terminal

    yield start
    for terminal in started:
        terminal.__exit__()


@pytest.fixture
def double():
    """Return an answer to ex01 that multiplies by a factor; only 2 is right."""
    return lambda factor: block(f"""
        def double(x):
            return {factor} * x
    """)
