"""Runs programs where hostile code can do no harm: in namespaces made for the run.

Own processes (all of them end with the run), own mounts (everything read-only but one private
folder), no network. ``run`` is called by tests; the file itself is the first process inside.
"""

import contextlib
import ctypes
import functools
import hashlib
import json
import os
import struct
import subprocess
import sys
import time
from pathlib import Path

SPACES = ("--mount", "--mount-proc", "--pid", "--fork", "--net", "--ipc", "--kill-child")
MAPPED = ("--user", "--map-root-user")
GRACE_SECONDS = 2
MOUNT_SETATTR, AT_FDCWD, AT_RECURSIVE, MOUNT_ATTR_RDONLY = 442, -100, 0x8000, 1
MS_NOSUID, MS_NODEV = 2, 4
PRIVATE_SIZE = "size=256m,nr_inodes=20000,mode=755"


@functools.cache
def available():
    """Return the command that makes the namespaces, and why there is none."""
    problem = "unshare is not installed"
    # The mapped root has power over its own namespaces only, so it is the first choice.
    for spaces in ((*MAPPED, *SPACES), SPACES):
        command = ["unshare", *spaces]
        try:
            done = subprocess.run(
                [*command, sys.executable, "-P", __file__, "/mnt"],
                input="{}",
                capture_output=True,
                text=True,
                check=False,
                timeout=30,
            )
        except OSError as error:
            return None, f"{problem}: {error}"
        if done.returncode == 0:
            return command, None
        problem = done.stderr.strip().splitlines()[-1] if done.stderr.strip() else "no reason given"
    return None, f"no namespaces: {problem}"


def run(folder, *, commands, copies=None, files=None, environment=None, timeout=120):
    """Run commands one after the other inside; return for each what came of it.

    ``folder``: an empty one, which becomes the private folder. ``copies`` (name in it: source) and
    ``files`` (name in it: text) are made first; the commands run in its folder ``work``. Each
    result has ``code``, ``stdout``, ``stderr``, ``processes`` (command lines of those still
    running) and ``changed`` (names of files and folders made, changed or removed).
    """
    command, problem = available()
    assert command is not None, problem
    plan = {
        "commands": commands,
        "copies": {name: str(source) for name, source in (copies or {}).items()},
        "files": files or {},
        "environment": environment or {},
    }
    done = subprocess.run(
        [*command, sys.executable, "-P", __file__, folder],
        input=json.dumps(plan),
        capture_output=True,
        text=True,
        check=False,
        timeout=timeout,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def main():
    """Be the first process inside: shut off, run the plan, tell."""
    plan = json.load(sys.stdin)
    folder = Path(sys.argv[1])
    shut_off(folder)
    if not plan:
        return
    for name, source in plan["copies"].items():
        copy(Path(source), folder / name)
    for name, text in plan["files"].items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    environment = {"PATH": os.environ["PATH"], **plan["environment"]}
    results = [finished(folder, command, environment) for command in plan["commands"]]
    json.dump(results, sys.stdout)


def shut_off(folder):
    """Make every mount read-only and put a private folder on ``folder``."""
    libc = ctypes.CDLL(None, use_errno=True)
    attributes = struct.pack("=QQQQ", MOUNT_ATTR_RDONLY, 0, 0, 0)
    if libc.syscall(MOUNT_SETATTR, AT_FDCWD, b"/", AT_RECURSIVE, attributes, len(attributes)) < 0:
        raise OSError(ctypes.get_errno(), "mounts cannot be made read-only")
    options = PRIVATE_SIZE.encode()
    if libc.mount(b"tmpfs", bytes(folder), b"tmpfs", MS_NOSUID | MS_NODEV, options) < 0:
        raise OSError(ctypes.get_errno(), "a private folder cannot be mounted")


def copy(source, target):
    """Copy a file or a folder; what is made new beside it (caches) is of no use."""
    target.parent.mkdir(parents=True, exist_ok=True)
    if source.is_dir():
        target.mkdir()
        for entry in sorted(source.iterdir()):
            if entry.name != "__pycache__":
                copy(entry, target / entry.name)
    else:
        target.write_bytes(source.read_bytes())


def finished(folder, command, environment):
    """Run one command in ``folder``/work to its end; tell what it printed, left and changed."""
    before = contents(folder)
    # Into memory, not through pipes: a surviving process that holds one would be waited for.
    with memory() as out, memory() as err:
        done = subprocess.run(
            command, cwd=folder / "work", env=environment, stdout=out, stderr=err, check=False
        )
        left = survivors()
        return {
            "code": done.returncode,
            "stdout": text_of(out),
            "stderr": text_of(err),
            "processes": [command_line(number) for number in left],
            "changed": sorted(dict(before.items() ^ contents(folder).items())),
        }


def memory():
    """Return a file that is nowhere on a disk."""
    return os.fdopen(os.memfd_create("printed"), "w+b")


def text_of(file):
    """Return all that was written to a file."""
    file.seek(0)
    return file.read().decode(errors="backslashreplace")


def survivors():
    """Return the numbers of the processes inside that do not end by themselves."""
    deadline = time.monotonic() + GRACE_SECONDS
    while True:
        # Orphans become children of the first process.
        with contextlib.suppress(ChildProcessError):
            while os.waitpid(-1, os.WNOHANG)[0]:
                pass
        numbers = [int(p.name) for p in Path("/proc").iterdir() if p.name.isdecimal()]
        others = [number for number in numbers if number != os.getpid()]
        if not others or time.monotonic() > deadline:
            return others
        time.sleep(0.02)


def command_line(number):
    """Return how a process was started."""
    with contextlib.suppress(OSError):
        return Path(f"/proc/{number}/cmdline").read_bytes().replace(b"\0", b" ").decode()
    return str(number)


def contents(folder):
    """Return the hash of each file below a folder, by its name."""
    found = {}
    for place, folders, files in os.walk(folder):
        for name in folders:
            found[os.path.relpath(f"{place}/{name}", folder)] = "folder"
        for name in files:
            path = Path(place, name)
            data = str(path.readlink()).encode() if path.is_symlink() else path.read_bytes()
            found[os.path.relpath(path, folder)] = hashlib.sha256(data).hexdigest()
    return found


if __name__ == "__main__":
    main()
