"""Errors of the sandbox."""

from __future__ import annotations

from grader.errors import GraderError


class SandboxError(GraderError):
    """A promised protection cannot be applied: the process must not run student code.

    ``layer`` names the protection, ``problem`` is the system's error message.
    """

    def __init__(self, layer: str, problem: str) -> None:
        super().__init__(f"{layer}: {problem}")
        self.layer = layer
        self.problem = problem
