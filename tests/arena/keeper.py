"""The first processes inside the arena: they shut it off, start the driver and watch sockets.

Started as ``python -P keeper.py SETTINGS`` by ``unshare`` with power over mounts and nothing else
that matters. There it makes the view of the file system, and then a second set of namespaces, in
which nobody can undo any of it and root is a nobody outside. Whatever the machine refuses ends in
exit code ``REFUSED`` and a sentence on standard error.
"""

import contextlib
import json
import os
import resource
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NoReturn

sys.path.append(str(Path(__file__).resolve().parents[1]))
from arena import container, kernel, mounts
from arena.catcher import Catcher

REFUSED = 71
OUTSIDE, USERS, ORDINARY = 100_000, 65_536, 1000
MOST_PROCESSES, MOST_ADDRESSES = 2000, 32 << 30
ADDRESSES = {"lo": "127.0.0.1", "lo:1": "192.0.2.1"}
DRIVER = "import sys; sys.path.append(sys.argv.pop()); from arena.driver import main; main()"


def main() -> None:
    """Shut off, make the inner namespaces, and end when the driver does."""
    settings = json.loads(sys.argv[1])
    user = ORDINARY if settings["surroundings"] == "user" else 0
    many = os.geteuid() == 0 and _users_here() > OUTSIDE + USERS
    try:
        mounts.shut_off(open_the_way=many)
        if many:
            os.chown(mounts.PRIVATE, OUTSIDE + user, OUTSIDE + user)
        child = _start_inside(settings, f"0 {OUTSIDE} {USERS}" if many else f"{user} 0 1", user)
    except OSError as problem:
        _refuse(problem)
    sys.exit(_exit_code(child))


def _users_here() -> int:
    """Return how many users this namespace knows: the machine's own knows all there are."""
    return int(Path("/proc/self/uid_map").read_text(encoding="ascii").split()[2])


def _refuse(problem: OSError) -> NoReturn:
    sys.stderr.write(f"{problem}\n")
    sys.stderr.flush()
    os._exit(REFUSED)


def _exit_code(child: int) -> int:
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status) % 256


def _start_inside(settings: Mapping[str, Any], users: str, user: int) -> int:
    """Fork into new namespaces whose users are these; return the child."""
    (left, theirs), (ours, mapped) = os.pipe(), os.pipe()
    child = os.fork()
    if child == 0:
        try:
            kernel.unshare(kernel.NEW_NAMESPACES)
            os.write(theirs, b"left")
            os.read(ours, 1)
            _become(int(users.split(maxsplit=1)[0]))
            first = os.fork()
            if first == 0:
                _be_the_first(settings, user)
        except OSError as problem:
            _refuse(problem)
        os._exit(_exit_code(first))
    os.close(theirs)
    if os.read(left, 4):
        for name in ("uid_map", "gid_map"):
            Path(f"/proc/{child}/{name}").write_text(users, encoding="ascii")
    os.write(mapped, b"x")
    return child


def _become(user: int) -> None:
    """Be this user of the namespace alone."""
    with contextlib.suppress(PermissionError):  # where there is one user only
        os.setgroups([])
    os.setresgid(user, user, user)
    os.setresuid(user, user, user)


def _set_ceilings() -> None:
    """Keep the machine alive even when the grader's own limits have been taken away."""
    resource.setrlimit(resource.RLIMIT_NPROC, (MOST_PROCESSES, MOST_PROCESSES))
    resource.setrlimit(resource.RLIMIT_AS, (MOST_ADDRESSES, MOST_ADDRESSES))
    with contextlib.suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text("1000", encoding="ascii")


def _be_the_first(settings: Mapping[str, Any], user: int) -> NoReturn:
    """Be the first process of the inner namespaces."""
    quiet = kernel.MS_NOSUID | kernel.MS_NODEV | kernel.MS_NOEXEC
    kernel.mount("proc", "/proc", quiet)
    kernel.mount("mqueue", "/dev/mqueue", quiet)
    for interface, address in ADDRESSES.items():
        kernel.give_address(interface, address)
    if settings["surroundings"] == "container":
        Path("/proc/sys/user/max_user_namespaces").write_text("0", encoding="ascii")
    catcher = Catcher()
    driver = os.fork()
    if driver == 0:
        if settings["surroundings"] == "container":
            container.enter()
        if user:
            _become(user)
        _set_ceilings()
        log = catcher.lend()
        arguments = ["-P", "-c", DRIVER, str(log), str(Path(__file__).resolve().parents[1])]
        environment = settings["environment"]
        os.execve(sys.executable, [sys.executable, *arguments], environment)  # noqa: S606
    os._exit(catcher.serve_until_end_of(driver))


if __name__ == "__main__":
    main()
