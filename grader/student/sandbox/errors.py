"""What can go wrong while a process is shut off."""

from __future__ import annotations


class SandboxError(Exception):
    """A protection that was promised cannot be had: the process must not run student code.

    ``layer`` names the protection, ``problem`` says what the system answered.
    """

    def __init__(self, layer: str, problem: str) -> None:
        super().__init__(f"{layer}: {problem}")
        self.layer = layer
        self.problem = problem
