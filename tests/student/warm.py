"""A warm process of the tests: forks a child for each snippet it reads, shuts it off, runs it.

Started by the fixture ``warm`` with one JSON argument; says its level, reads a JSON object a line,
answers with one. It stands in for the fork server, so that the sandbox is tested without the rest.
"""

import dataclasses
import importlib
import json
import os
import sys
import traceback

from grader.judge.processes.readable import find_offer
from grader.student import preload_no_open as preload
from grader.student.sandbox import probe
from grader.student.sandbox import readable_paths as grants
from grader.student.sandbox.levels import Sandbox
from grader.wire.levels import FULL, NO_OPEN

MEMORY_BYTES = 1 << 30
CPU_SECONDS = 20
NOBODY = 4711


def main():
    options = json.loads(sys.argv[1])
    sys.path += options.get("path", [])
    readable = granted(options)
    found = probe.probe(options.get("max_level", FULL), readable)
    if "landlock_abi" in options:
        found = dataclasses.replace(found, landlock_abi=options["landlock_abi"])
    sandbox = Sandbox(found, readable, options["folder"])
    sandbox.before_imports()
    libraries = options.get("libraries", ())
    for name in libraries:
        importlib.import_module(name)
    if found.level == NO_OPEN:
        preload.load_ahead(libraries)
    sandbox.prepare()
    say(found.level)
    for line in sys.stdin:
        say(answer(sandbox, json.loads(line)))


def granted(options):
    """Return what processes may read: what the judge would offer, and what the test adds."""
    offer = find_offer(("numpy", "torch"), tuple(options.get("exclude", ()))).as_message()
    offer["folders"] = [*offer["folders"], *options.get("path", [])]
    offer["closed"] = [*offer["closed"], *options.get("exclude", ())]
    offer["devices"] = options.get("devices", ())
    return grants.readable(offer)


def say(something):
    sys.stdout.write(json.dumps(something) + "\n")
    sys.stdout.flush()


def answer(sandbox, request):
    """Run a snippet in a child; say what ``result`` it set, what it raised, or how it ended."""
    here, there = os.pipe()
    child = sandbox.fork()
    if child == 0:
        try:
            said = run(sandbox, request, there)
        except BaseException as error:  # noqa: BLE001 - all of it is the answer
            said = {
                "error": type(error).__name__,
                "errno": getattr(error, "errno", None),
                "text": traceback.format_exc(),
            }
        os.write(there, json.dumps(said).encode())
        os._exit(0)
    os.close(there)
    with os.fdopen(here, "rb") as pipe:
        said = pipe.read()
    _, status = os.waitpid(child, 0)
    return json.loads(said) if said else {"ended": os.waitstatus_to_exitcode(status)}


def run(sandbox, request, pipe):
    # In a PID namespace of its own, a process sees no parent.
    names = {"os": os, "parent": os.getppid() or NOBODY, **request["names"]}
    sandbox.enter(
        sandbox.scratch or request["scratch"],
        keep=(0, 1, 2, pipe),
        memory_bytes=request.get("memory_bytes", MEMORY_BYTES),
        cpu_seconds=request.get("cpu_seconds", CPU_SECONDS),
    )
    exec(request["code"], names)  # noqa: S102 - what this process is for
    return {"result": names.get("result")}


if __name__ == "__main__":
    main()
