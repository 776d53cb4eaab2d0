"""What a protection is: the steps at which it does something, nothing unless it says so."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class ProcessSpec:
    """One process about to be shut off."""

    scratch: str
    keep: tuple[int, ...]
    memory_bytes: int
    cpu_seconds: int
    parent: int | None  # the process that forked it; None: it was started, not forked


class Layer:
    """One protection. Raises SandboxError wherever it cannot be had."""

    scratch: str | None = None
    """Where each process finds a scratch folder of its own, if this protection gives it one."""

    lacking: tuple[str, str] | None = None
    """What could not be had of it, and why; the rest of it holds."""

    def settle(self) -> None:
        """Do, in the warm process, what comes before its imports; it may go on in a child."""

    def prepare(self) -> None:
        """Do, in the warm process, what need not be done again in each process."""

    def before_fork(self) -> None:
        """Do, in the warm process, what a child is to inherit."""

    def after_fork(self) -> None:
        """Undo that, in the warm process."""

    def set_up_process(self) -> None:
        """Give this process what it is to have, before anything is taken from it."""

    def enter(self, entry: ProcessSpec) -> None:
        """Take effect in this process, for good."""
