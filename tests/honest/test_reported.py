"""What cannot be done here has a sentence of its own, in every language, that says what to try."""

import pytest
from support.languages import LANGUAGES
from support.text_blocks import block

from grader.judge.feedback.conclusions import conclude_call
from grader.judge.feedback.loading import conclude_load
from grader.judge.processes.outcomes import Raised
from grader.report.messages import sentence
from grader.wire.levels import FULL, KERNEL, LEVEL_NAMES, NO_OPEN

RUN = block("""
    def run():
        {program}
""")
TRIED = {
    "process": [
        "import os; os.fork()",
        "import os; os.system('true')",
        "import os; os.popen('true').read()",
        "import os; os.execv('/bin/true', ['true'])",
        "import os; os.spawnl(os.P_WAIT, '/bin/true', 'true')",
        "import subprocess; subprocess.run(['true'])",
        "import subprocess; subprocess.check_output('true', shell=True)",
        "import multiprocessing as mp; mp.Process(target=print).start()",
        "import multiprocessing as mp; mp.Pool(2)",
        "from concurrent.futures import ProcessPoolExecutor as P; P(2).submit(abs, 1)",
        "from torch.utils.data import DataLoader; list(DataLoader([1, 2], num_workers=2))",
    ],
    "semaphore": [
        "import multiprocessing as mp; mp.Lock()",
        "import multiprocessing as mp; mp.Queue()",
        "import multiprocessing as mp; mp.Value('i', 0)",
        "from multiprocessing.shared_memory import SharedMemory as S; S(create=True, size=9)",
    ],
    "debugger": ["breakpoint()", "import pdb; pdb.set_trace()\n    x = 1"],
    "compile": [
        "import torch; torch.compile(lambda x: x + 1)(torch.ones(1))",
        "import torch; torch.nn.Linear(1, 1).compile()",
    ],
}
NAMED = {
    "process": ["subprocess", "num_workers=0"],
    "semaphore": ["multiprocessing", "threading.Lock", "queue.Queue"],
    "debugger": ["breakpoint()", "pdb.set_trace()"],
    "compile": ["torch.compile"],
}
EACH = [(kind, program) for kind, programs in TRIED.items() for program in programs]
SELDOM = [pytest.param(level, marks=pytest.mark.slow) for level in (KERNEL, NO_OPEN)]


@pytest.mark.parametrize(("kind", "program"), EACH)
@pytest.mark.parametrize("level", [FULL, *SELDOM], ids=lambda level: LEVEL_NAMES[level])
def test_what_was_tried_is_known(kind, program, level, machines):
    outcome = machines(level).run(RUN.format(program=program))
    assert isinstance(outcome, Raised), outcome
    assert (outcome.why, outcome.line) == (kind, program.count("\n") + 2), outcome


@pytest.mark.parametrize("kind", NAMED)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_it_is_told_in_every_language(kind, lang):
    for phase in ("call", "load"):
        for line in (7, None):
            args = {"function": "`softmax`"} if phase == "call" else {}
            text = sentence(f"{phase}.{kind}", {**args, "line": line}, lang)
            assert all(word in text for word in NAMED[kind])
            assert ("7" in text) == (line is not None)
            assert "{{" not in text


@pytest.mark.parametrize("kind", NAMED)
def test_the_verdict_carries_it(kind):
    raised = Raised("PermissionError", "[Errno 1] Operation not permitted", None, kind)
    found = [conclude_call("softmax", raised, None), conclude_load(raised, None, None)]
    assert [one.findings[0].id for one in found] == [f"call.{kind}", f"load.{kind}"]


def test_a_file_that_is_closed_is_told_as_before(machines):
    outcome = machines(FULL).run(
        block("""
            def run():
                open('/etc/passwd')
        """)
    )
    assert (outcome.type, outcome.why) == ("FileNotFoundError", "raised")
