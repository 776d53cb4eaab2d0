"""Errors of the sandbox."""

from __future__ import annotations


class SandboxError(Exception):
    """A promised protection cannot be applied: the process must not run student code.

    ``layer`` names the protection, ``problem`` is the system's error message.
    """

    def __init__(self, layer: str, problem: str) -> None:
        super().__init__(f"{layer}: {problem}")
        self.layer = layer
        self.problem = problem
