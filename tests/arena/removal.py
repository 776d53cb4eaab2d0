"""Patches to a copy of the package that take protections away, one or several."""

from collections.abc import Iterable

from support.text_blocks import block

LANDLOCK = "grader/student/sandbox/landlock.py"
LEVELS = "grader/student/sandbox/levels.py"
_WITHOUT = """

_complete = _layers


class _Bare(Layer):
    \"\"\"What other layers need to be allowed at all, and no protection by itself.\"\"\"

    def prepare(self) -> None:
        from grader.student.sandbox import syscalls

        syscalls.prctl(syscalls.PR_SET_NO_NEW_PRIVS, 1)


def _layers(*args, **kwargs):
    layers = _complete(*args, **kwargs)
    return (_Bare(), *(one for one in layers if _name(one) not in {removed}))


def _name(layer):
    return type(layer).__name__.removesuffix("Layer")
"""


def without(layers: Iterable[str]) -> dict[str, str]:
    """Return the patch that takes these layers away, by the names of their classes."""
    return {LEVELS: _WITHOUT.format(removed=set(layers) or "()")}


def older_landlock(version: int) -> dict[str, str]:
    """Return the patch that makes the kernel's Landlock look like an older one."""
    return {
        LANDLOCK: block(f"""


            def abi() -> int:
                return {version}
        """)
    }
