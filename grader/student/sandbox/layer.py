"""The interface of a protection: the moments at which it acts; by default it does nothing."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class ProcessSpec:
    """One process about to enter the sandbox."""

    scratch: str
    keep: tuple[int, ...]
    memory_bytes: int
    cpu_seconds: int
    parent: int | None  # the process that forked it; None: it was started, not forked


class Layer:
    """One protection; nothing happens at a moment for which it defines no method.

    Raises:
        SandboxError: by every method, if the protection cannot be applied.

    """

    scratch: str | None = None
    """The scratch folder as each process sees it, if this protection mounts one."""

    unavailable: tuple[str, str] | None = None
    """The part of it that could not be applied, and why; the rest is in force."""

    def before_imports(self) -> None:
        """Act before the warm process's imports. May fork; the caller continues in the child."""

    def prepare(self) -> None:
        """Act in the warm process once, for all later processes."""

    def before_fork(self) -> None:
        """Set, in the warm process, what a child inherits."""

    def after_fork(self) -> None:
        """Undo `before_fork` in the warm process."""

    def set_up_process(self) -> None:
        """Give this process its resources, before anything is taken from it."""

    def enter(self, entry: ProcessSpec) -> None:
        """Take effect in this process, irrevocably."""
