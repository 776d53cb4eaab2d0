"""Advice for missing protections, for the operator of the machine."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from grader.course.languages import msgid

if TYPE_CHECKING:
    from collections.abc import Iterator

LANDLOCK = msgid(
    "use a Linux kernel 5.13 or newer with Landlock among its security modules (lsm=…,landlock)"
)
LANDLOCK_3 = msgid(
    "use a Linux kernel 6.2 or newer; until then seccomp forbids emptying files instead"
)
SECCOMP = msgid("use Linux on x86-64 or aarch64 with seccomp filters; on Windows: WSL2")
OTHER_USER = msgid(
    "install Python and the grader where every user can read them (not in a home folder), or run "
    "the grader as an ordinary user"
)
LINUX = msgid("use Linux; on Windows: WSL2")
CONTAINER = msgid(
    "start the container with --security-opt seccomp=unconfined and --security-opt "
    "apparmor=unconfined, if you trust the sandbox of the grader more than that of the container"
)
NAMESPACES = msgid(
    "let ordinary users make user namespaces: a kernel with CONFIG_USER_NS, and no rule of a "
    "security module against them"
)
SET = msgid("as root: sysctl -w {{setting}}")

# Settings that forbid user namespaces: their path, the allowing value, the forbidding one.
_SETTINGS = {
    "kernel.apparmor_restrict_unprivileged_userns": ("1", "0"),
    "kernel.unprivileged_userns_clone": ("0", "1"),
    "user.max_user_namespaces": ("0", "10000"),
}
_SIGNS_OF_A_CONTAINER = (".dockerenv", "run/.containerenv")
_SENTENCES = {
    "landlock": LANDLOCK,
    "landlock_abi_3": LANDLOCK_3,
    "seccomp": SECCOMP,
    "other_user": OTHER_USER,
    "limits": LINUX,
}


def advice_for(
    layer: str, system: str, root: Path = Path("/")
) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield advice for a missing protection: sentences, with their arguments.

    ``system``: this platform, as in ``sys.platform``; ``root``: the root of its files.
    """
    if system != "linux":
        yield LINUX, {}
    elif layer in _SENTENCES:
        yield _SENTENCES[layer], {}
    elif layer == "namespaces":
        yield from _for_namespaces(root)


def _for_namespaces(root: Path) -> Iterator[tuple[str, dict[str, str]]]:
    found = False
    for name, (forbidding, allowing) in _SETTINGS.items():
        try:
            value = (root / "proc/sys" / name.replace(".", "/")).read_text(encoding="ascii").strip()
        except OSError:
            continue
        if value == forbidding:
            found = True
            yield SET, {"setting": f"{name}={allowing}"}
    if any((root / sign).exists() for sign in _SIGNS_OF_A_CONTAINER):
        found = True
        yield CONTAINER, {}
    if not found:
        yield NAMESPACES, {}
