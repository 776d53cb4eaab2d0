"""Where student processes come from: forked or started afresh, and gone when they are done."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
from support.text_blocks import block

from grader.judge.failures import SystemFaultError
from grader.judge.processes.fork_server_client import ForkServerClient
from grader.judge.processes.open_factory import open_process_factory
from grader.judge.processes.spawning import SpawningFactory
from grader.judge.processes.student_processes import ProcessLimits, SandboxOptions
from grader.judge.reading.submission import read_bytes
from grader.wire.levels import FULL, OWN_CODE_ONLY

OPTIONS = SandboxOptions(("numpy",), ())
LIMITS = ProcessLimits(memory_bytes=1 << 30, cpu_seconds=20)
SQUARED = block("""
    def double(x):
        return x**2
""")
SUBMISSIONS = {
    "right": block("""
        def double(x):
            return 2 * x
    """),
    "misconception": SQUARED,
    "raises": block("""
        def double(x):
            raise LookupError('no', x)
    """),
    "ends": block("""
        import os


        def double(x):
            os._exit(3)
    """),
    "prints": block("""
        print('hello')


        def double(x):
            print(x)
            return 2 * x
    """),
    "does not load": "1 / 0\n",
}
KILL_THE_NURSERY = """
import os, signal, time
from pathlib import Path


def parents_of_the_living():
    found = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, parent = stat.read_text().rpartition(")")[2].split()[:2]
        except OSError:
            continue
        if state != "Z":
            found[int(stat.parent.name)] = int(parent)
    return found


def test_one(student):
    student.double(1.0)
    parents = parents_of_the_living()
    below, new = set(), {os.getpid()}
    while new := {child for child, parent in parents.items() if parent in new} - below:
        below |= new
    for child in below:
        if parents[child] == os.getpid():
            os.kill(child, signal.SIGKILL)
    while below & parents_of_the_living().keys():
        time.sleep(0.01)
    student.double(2.0)


def test_two(student):
    student.double(1.0)
"""


def parents():
    """The parent of every process."""
    found = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if fields[0] != "Z":
            found[int(stat.parent.name)] = int(fields[1])
    return found


def descendants(pid):
    """The processes that descend from one."""
    found, known = set(), parents()
    below = {pid}
    while below:
        below = {child for child, parent in known.items() if parent in below} - found
        found |= below
    return found


def until(condition, seconds=300):
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.02)


@pytest.fixture(params=[ForkServerClient, SpawningFactory])
def factory(request, scratch):
    before = descendants(os.getpid())
    opened = request.param(OPTIONS)
    yield opened
    opened.close()
    assert descendants(os.getpid()) == before
    assert list(scratch.iterdir()) == []


def test_a_process_has_a_scratch_folder_and_leaves_nothing(factory, scratch):
    one, other = factory.start(LIMITS), factory.start(LIMITS)
    assert {one.pid, other.pid} <= descendants(os.getpid())
    folders = {path for handle in (one, other) if (path := handle.scratch)}
    assert folders <= {str(path) for path in scratch.rglob("*")}
    # Where each has a file system of its own, there is nothing outside.
    assert len(folders) == (2 if factory.hello["scratch"] is None else 0) or isinstance(
        factory, SpawningFactory
    )
    one.close()
    factory.settle()
    assert one.pid not in parents()
    assert not any(Path(path).exists() for path in [one.scratch] if path)
    assert other.pid in parents()
    other.close()


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux ends processes for their memory")
def test_where_memory_runs_out_a_submission_is_ended_first(factory):
    handle = factory.start(LIMITS)
    assert Path(f"/proc/{handle.pid}/oom_score_adj").read_text() == "1000\n"
    handle.close()


def test_closing_or_killing_twice_is_harmless(factory):
    handle = factory.start(LIMITS)
    handle.kill()
    handle.kill()
    assert handle.wait() == -signal.SIGKILL
    assert handle.wait() == -signal.SIGKILL
    handle.close()
    handle.close()


def test_the_student_s_side_says_what_it_is(factory):
    hello = factory.hello
    assert hello["isolation"]["level"] in range(4)
    assert hello["versions"]["python"] == sys.version.split()[0]
    assert set(hello["versions"]) == {"python", "numpy"}


def test_no_descriptor_of_the_judge_is_left_open(factory):
    before = set(Path("/proc/self/fd").iterdir())
    for _ in range(3):
        factory.start(LIMITS).close()
    assert len(set(Path("/proc/self/fd").iterdir()) - before) <= 1  # the listing itself


def test_the_mode_is_chosen_by_the_environment(monkeypatch):
    monkeypatch.setenv("GRADER_SPAWN", "1")
    factory = open_process_factory(OPTIONS)
    assert isinstance(factory, SpawningFactory)
    monkeypatch.delenv("GRADER_SPAWN")
    factory = open_process_factory(OPTIONS)
    factory.close()
    assert isinstance(factory, ForkServerClient)


def verdicts(court):
    submissions = [
        read_bytes(text.encode(), f"{name}.py", "code") for name, text in SUBMISSIONS.items()
    ]
    with court.open() as judge:
        return [
            judged.report.model_dump(exclude={"run"}) for judged in judge.judge_all(submissions)
        ]


@pytest.mark.slow
def test_both_modes_give_the_same_reports(court, monkeypatch):
    forked = verdicts(court)
    monkeypatch.setenv("GRADER_SPAWN", "1")
    spawned = verdicts(court)
    for name, one, other in zip(SUBMISSIONS, forked, spawned, strict=True):
        assert one == other, name
    statuses = [{check["status"] for check in report["checks"]} for report in forked]
    assert statuses[0] == {"passed"}
    assert all("passed" not in found for found in statuses[2:4])


def test_the_end_of_the_nursery_is_the_end_of_its_processes(scratch):
    factory = ForkServerClient(OPTIONS)
    handle = factory.start(LIMITS)
    factory.close()
    until(lambda: handle.pid not in parents())
    for sock in (handle.channel, handle.output):
        sock.close()
    assert scratch.is_dir()


def test_a_library_that_is_missing_is_the_system_s_fault(scratch):
    factory = ForkServerClient(SandboxOptions(("no_such_library",), ()))
    with pytest.raises(SystemFaultError) as caught:
        factory.start(LIMITS)
    factory.close()
    assert caught.value.finding.id == "system.nursery"
    assert list(scratch.iterdir()) == []


ELSEWHERE = """
import ctypes
ctypes.CDLL({library!r})
__version__ = "1"
"""


@pytest.mark.parametrize("kind", [ForkServerClient, SpawningFactory])
def test_a_library_with_parts_elsewhere_lowers_the_level(kind, tmp_path, monkeypatch, scratch):
    """Where all is loaded before files close, it can be had all the same."""
    original = next(Path(sys.base_prefix, "lib").glob("libpython3*.so*"), None)
    if original is None:
        pytest.skip("no shared library at hand")
    library = tmp_path / "store/libelsewhere.so"
    library.parent.mkdir()
    library.write_bytes(original.read_bytes())
    package = tmp_path / "site-packages/built_elsewhere/__init__.py"
    package.parent.mkdir(parents=True)
    package.write_text(ELSEWHERE.format(library=str(library)))
    monkeypatch.syspath_prepend(package.parents[1])
    factory = kind(SandboxOptions(("built_elsewhere",), ()))
    try:
        isolation = factory.hello["isolation"]
    finally:
        factory.close()
    assert factory.hello["versions"]["built_elsewhere"] == "1"
    assert isolation["level"] < FULL
    assert "namespaces" in isolation["missing"]
    assert list(scratch.iterdir()) == []


def test_where_no_folder_can_be_made_only_who_needs_it_fails(scratch):
    factory = open_process_factory(
        SandboxOptions(("numpy",), (), max_level=OWN_CODE_ONLY, ahead=True)
    )
    first = factory.start(LIMITS)
    shutil.rmtree(Path(first.scratch).parent)
    second = factory.start(LIMITS)  # was forked ahead, when there was still a place
    with pytest.raises(SystemFaultError, match="No such file"):
        factory.start(LIMITS)
    for handle in (first, second):
        handle.close()
    factory.close()
    assert list(scratch.iterdir()) == []


def test_plain_windows_is_told_what_helps(scratch, monkeypatch):
    monkeypatch.setattr(sys, "platform", "win32")
    with pytest.raises(SystemFaultError) as raised:
        open_process_factory(SandboxOptions(("numpy",), ())).start(LIMITS)
    monkeypatch.undo()
    assert raised.value.finding.id == "system.windows"
    assert list(scratch.iterdir()) == []


def test_a_nursery_that_died_is_the_system_s_fault_and_leaves_nothing(scratch):
    factory = ForkServerClient(OPTIONS)
    handle = factory.start(LIMITS)
    factory._process.kill()
    factory._process.wait()
    with pytest.raises(SystemFaultError):
        factory.start(LIMITS)
    with pytest.raises(SystemFaultError):
        handle.wait()
    handle.close()
    factory.close()
    assert handle.channel.fileno() == handle.output.fileno() == -1
    assert list(scratch.iterdir()) == []


def test_the_death_of_the_nursery_leaves_the_submission_ungraded(court, grader, scratch):
    court.exercise(KILL_THE_NURSERY)
    grader.write("ex01.py", court.right)
    arguments = ("grade", "ex01", "ex01.py", "--course", court.root)
    report, code = grader.grade(
        "ex01", court.right, "--course", court.root, env={"TMPDIR": str(scratch)}
    )
    assert (report.status, code) == ("ungraded", 3)
    parts = [*report.checks, report.load]
    assert {part.blame for part in parts if part.status == "error"} == {"system"}
    assert list(scratch.iterdir()) == []
    done = grader.run(*arguments)
    assert done.returncode == 3
    assert "not count as zero" in done.stdout
    assert "Traceback" not in done.stdout + done.stderr
    assert "INTERNALERROR" not in done.stdout + done.stderr


def test_a_judge_that_is_killed_takes_every_process_along(court, tmp_path, scratch):
    source = block("""
        import time
        time.sleep(600)
    """)
    path = tmp_path / "ex01.py"
    path.write_text(source, encoding="utf-8")
    court.exercise(
        block("""
            def test_one(student):
                student.double(1)
        """),
        limits={"load_seconds": 60},
    )
    command = [sys.executable, "-m", "grader", "grade", "ex01", str(path), "--course", court.root]
    env = os.environ | {"TMPDIR": str(scratch)}
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, env=env) as judge:
        until(lambda: len(descendants(judge.pid)) >= 2)
        below = descendants(judge.pid)
        judge.kill()
    until(lambda: not below & set(parents()))


def test_a_nursery_holds_no_other_socket_of_the_judge():
    mine, theirs = socket.socketpair()
    with mine, theirs:
        factory = ForkServerClient(OPTIONS)
        handle = factory.start(LIMITS)
        theirs.close()
        mine.settimeout(10)
        assert mine.recv(1) == b"", "somebody else holds the other end"
        handle.close()
        factory.close()
