"""What IPython calls for ``%load_ext grader`` and ``%unload_ext grader``."""

from __future__ import annotations

from typing import Any

from grader.notebook.magic import GradeMagic

_loaded: list[GradeMagic] = []


def load_ipython_extension(shell: Any) -> None:
    """Give a shell of IPython the magics ``%%grade`` and ``%grade``."""
    magic = GradeMagic(shell)
    magic.load()
    _loaded.append(magic)


def unload_ipython_extension(_shell: Any) -> None:
    """Take the magics away, and end the process that judges."""
    while _loaded:
        _loaded.pop().unload()
