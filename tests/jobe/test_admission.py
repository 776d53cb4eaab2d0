"""Who may make an attempt now is asked before it is judged, and a refusal costs nothing."""

import os
import re
import subprocess
import sys

import pytest
from support.jobe import BACKSTOP, KEY, JobeServer
from support.text_blocks import block
from support.tree import TINY

# A server whose policy lets everybody have one attempt, and needs to know whose it is.
PROGRAM = block("""
    import socket
    from pathlib import Path

    from grader.course.loading import Course
    from grader.jobe.errors import RefusedError
    from grader.jobe.key import read_key
    from grader.jobe.server import serve
    from grader.jobe.settings import JobeSettings
    from grader.wire.levels import OWN_CODE_ONLY

    seen = set()


    async def once(run):
        if run.student in seen:
            raise RefusedError(401, "Wait a little before the next attempt.")
        seen.add(run.student)


    listening = socket.create_server(("127.0.0.1", 0))
    print(f":{listening.getsockname()[1]}", flush=True)
    serve(
        JobeSettings(
            *(Course(Path(COURSE)), read_key(None), OWN_CODE_ONLY, "cpu"),
            *(1, 5, 1),
            admission=once,
        ),
        listening,
    )
""")


@pytest.fixture
def server(tmp_path):
    log = tmp_path / "log"
    with log.open("w") as errors:
        process = subprocess.Popen(
            [sys.executable, "-P", "-c", PROGRAM.replace("COURSE", repr(str(TINY)))],
            env={**os.environ, "GRADER_JOBE_KEY": KEY},
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
        )
    found = re.fullmatch(r":(\d+)\n", process.stdout.readline())
    yield JobeServer(process, int(found[1]), log)
    process.terminate()
    process.wait(BACKSTOP)
    process.stdout.close()


def test_a_policy_refuses_an_attempt_of_one_student_and_of_no_other(server):
    code = "def double(x):\n    return 2 * x\n"
    assert server.check("ex01", code, student=49)[1]["outcome"] == 15
    # CodeRunner takes 401 for "Sandbox submission limit reached": no mark, and no attempt.
    assert server.check("ex01", code, student=49)[0] == 401
    assert server.check("ex01", code, student="50")[1]["outcome"] == 15
