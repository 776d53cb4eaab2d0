"""A warm process of the tests: forks a child for each snippet it reads, shuts it off, runs it.

Started by the fixture ``warm`` with one JSON argument; reads a JSON object a line, answers with
one. It stands in for the nursery, so that the sandbox is tested without the rest.
"""

import dataclasses
import importlib
import json
import os
import sys
import traceback

from grader.student.sandbox import probe
from grader.student.sandbox.grants import readable_paths
from grader.student.sandbox.levels import Sandbox

MEMORY_BYTES = 1 << 30
CPU_SECONDS = 20


def main():
    options = json.loads(sys.argv[1])
    sys.path += options.get("path", [])
    found = probe.probe(options.get("max_level", probe.FULL))
    if "landlock_abi" in options:
        found = dataclasses.replace(found, landlock_abi=options["landlock_abi"])
    for name in options.get("libraries", ()):
        importlib.import_module(name)
    sandbox = Sandbox(found, readable_paths(options.get("exclude", ())))
    sandbox.prepare()
    for line in sys.stdin:
        sys.stdout.write(json.dumps(answer(sandbox, json.loads(line))) + "\n")
        sys.stdout.flush()


def answer(sandbox, request):
    """Run a snippet in a child; say what ``result`` it set, what it raised, or how it ended."""
    here, there = os.pipe()
    child = os.fork()
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
    names = {"os": os, "parent": os.getppid(), **request["names"]}
    sandbox.enter(
        request["scratch"],
        keep=(0, 1, 2, pipe),
        memory_bytes=request.get("memory_bytes", MEMORY_BYTES),
        cpu_seconds=request.get("cpu_seconds", CPU_SECONDS),
    )
    os.chdir(request["scratch"])
    exec(request["code"], names)  # noqa: S102 - what this process is for
    return {"result": names.get("result")}


if __name__ == "__main__":
    main()
