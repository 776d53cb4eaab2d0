"""The program inside the arena: answers requests, one JSON object a line, until they end.

``judge`` judges a submission and then the honest one; ``run`` runs commands; both tell what was
left. ``hello`` tells what protects submissions here.
"""

import json
import os
import subprocess
import sys
import traceback
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from arena.catcher import Caught
from arena.mounts import PRIVATE
from arena.watch import Watch

FOLDERS = ("course", "desk", "home", "patched", "temporary")
DESK = PRIVATE / "desk"


def main() -> None:
    """Make what the arena needs, then serve."""
    caught = Caught(int(sys.argv[1]))
    requests = os.fdopen(os.dup(0), "rb")
    answers = os.fdopen(os.dup(1), "wb")
    try:
        plan = json.loads(requests.readline())
        populate(plan)
        os.chdir(DESK)
        driver = Driver(caught)
        for line in requests:
            answers.write(json.dumps(driver.answer(json.loads(line))).encode() + b"\n")
            answers.flush()
        driver.close()
    except BaseException:
        traceback.print_exc(file=sys.__stderr__)
        raise


def populate(plan: Mapping[str, Any]) -> None:
    """Copy folders and write files into the private folder; patch the copy of grader."""
    for name in FOLDERS:
        (PRIVATE / name).mkdir()
    for name, source in plan["copies"].items():
        copy(Path(source), PRIVATE / name)
    for name, text in plan["files"].items():
        path = PRIVATE / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    for name in plan["private"]:
        (PRIVATE / name).chmod(0o600)
    for name, text in plan["patches"].items():
        with (PRIVATE / "patched" / name).open("a", encoding="utf-8") as module:
            module.write(text)
    if plan["patches"]:
        sys.path.insert(0, str(PRIVATE / "patched"))


def copy(source: Path, target: Path) -> None:
    """Copy a file or a folder; what is made new beside it (caches) is of no use."""
    target.parent.mkdir(parents=True, exist_ok=True)
    if source.is_dir():
        target.mkdir(exist_ok=True)
        for entry in sorted(source.iterdir()):
            if entry.name != "__pycache__":
                copy(entry, target / entry.name)
    else:
        target.write_bytes(source.read_bytes())


class Driver:
    """Answers requests."""

    def __init__(self, caught: Caught) -> None:
        from arena.judging import Court  # noqa: PLC0415 - once the patched grader is on the path

        self.caught = caught
        self.court = Court()
        self.printed = os.memfd_create("printed")
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        for descriptor in (1, 2):
            os.dup2(self.printed, descriptor)

    def answer(self, request: dict[str, Any]) -> Any:
        """Return the answer to a request."""
        match request.pop("op"):
            case "judge":
                return self._judge(**request)
            case "run":
                return [
                    self._run(command, request["environment"]) for command in request["commands"]
                ]
            case "hello":
                return self.court.hello(**request)
        raise ValueError(request)

    def close(self) -> None:
        """End every judge."""
        self.court.close()

    def _judge(self, name: str, source: str, **options: Any) -> dict[str, Any]:
        path = DESK / name
        path.write_text(source, encoding="utf-8")
        seat = self.court.seat(**options)
        watch = Watch(self.court.own)
        self.caught.take()
        attack = seat.judged(path)
        honest = seat.judged(DESK / seat.honest)
        found = self._found(watch)
        path.unlink()
        return {"attack": attack, "honest": honest, **found}

    def _run(self, command: Sequence[str], environment: Mapping[str, str]) -> dict[str, Any]:
        watch = Watch(self.court.own)
        self.caught.take()
        with open(os.memfd_create("stdout"), "w+b") as out:  # noqa: PTH123 - a descriptor
            # Into memory, not through a pipe: a surviving process that holds one would be waited
            # for.
            done = subprocess.run(
                command, stdout=out, env={**os.environ, **environment}, check=False
            )
            out.seek(0)
            printed = out.read().decode(errors="backslashreplace")
        return {"code": done.returncode, "stdout": printed, **self._found(watch)}

    def _found(self, watch: Watch) -> dict[str, Any]:
        """Return what was left, printed and sent."""
        found: dict[str, Any] = {"processes": watch.running(), "changed": watch.changed()}
        found["caught"] = self.caught.take()
        found["printed"] = os.pread(self.printed, 1 << 20, 0).decode(errors="backslashreplace")
        os.ftruncate(self.printed, 0)
        os.lseek(self.printed, 0, os.SEEK_SET)
        return found
