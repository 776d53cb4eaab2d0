"""Runs small programs and writes what they did on their device: one line of JSON for each.

A process of its own, since a simulated accelerator stays for good in the one that has it.
"""

import json
import sys
import threading

import torch

from grader.student import traffic
from grader.student.simulated import install
from grader.student.submission import LoadedSubmission
from grader.wire.seen import plain

install()


def arguments(device):
    return torch.tensor([[1.0, 2.0], [3.0, -4.0]]).to(device), torch.tensor([0, 1]).to(device)


def seen_of(told):
    submission = LoadedSubmission("answer.py", told["source"], {}, told.get("helpers"))
    submission.execute_tolerantly(lambda error: {"error": repr(error)}, cells=told.get("cells", ()))
    function = submission.module.f
    if told.get("drive"):
        submission.execute_drive(told["drive"])
        module = submission.module

        def function(*args):
            return submission.drive.run(module, *args)

    try:
        _, seen = traffic.watched(function, arguments(told["device"]), {}, submission)
    except Exception as error:  # noqa: BLE001 - the test says whether there may be one
        return {"raised": f"{type(error).__name__}: {error}"}
    heights = (
        torch._C._len_torch_dispatch_stack(),
        torch._C._len_torch_function_stack(),
    )
    return plain(seen) | {"modes_left": heights, "threads": threading.active_count()}


for line in sys.stdin:
    told = json.loads(line)
    sys.stdout, out = sys.stderr, sys.stdout  # what programs print is nobody's answer
    answer = seen_of(told)
    sys.stdout = out
    print(json.dumps(answer), flush=True)  # noqa: T201
