"""The probe, the levels, and that a protection which fails stops the process."""

import json
import platform
import subprocess
import sys
from dataclasses import replace

import pytest

from grader.student.sandbox import landlock
from grader.student.sandbox.errors import SandboxError
from grader.student.sandbox.levels import Sandbox
from grader.student.sandbox.probe import KERNEL, OWN_CODE_ONLY, ProbeResult, probe

NOTHING = ProbeResult(OWN_CODE_ONLY, "own-code-only")
SINGLE = """
import dataclasses, json, os, sys, threading
from grader.student.sandbox.errors import SandboxError
from grader.student.sandbox.levels import Sandbox
from grader.student.sandbox.probe import probe
scratch, threads = sys.argv[1:]
for _ in range(int(threads)):
    threading.Thread(target=threading.Event().wait, daemon=True).start()
sandbox = Sandbox(probe(), [])
sandbox.prepare()
try:
    sandbox.enter(scratch, (0, 1, 2), memory_bytes=1 << 30, cpu_seconds=20)
    open("/etc/passwd")
except (SandboxError, PermissionError) as error:
    print(type(error).__name__)
os._exit(0)
"""


def single(scratch, threads=0):
    """Shut off a process that was started, not forked; return what it printed."""
    done = subprocess.run(
        [sys.executable, "-P", "-c", SINGLE, str(scratch), str(threads)],
        capture_output=True,
        text=True,
        check=True,
        timeout=30,
    )
    return done.stdout.strip()


def test_the_probe_names_level_and_what_is_missing():
    found = probe()
    assert found.level in {OWN_CODE_ONLY, KERNEL}
    assert set(found.missing) == set(found.details)
    assert json.loads(json.dumps(found.details)) == found.details


def test_no_more_than_asked_for():
    found = probe(max_level=1)
    assert (found.level, found.name) == (OWN_CODE_ONLY, "own-code-only")


def test_elsewhere_than_on_linux_there_is_no_isolation(monkeypatch):
    monkeypatch.setattr(sys, "platform", "darwin")
    found = probe()
    assert found.level == OWN_CODE_ONLY
    assert {"landlock", "seccomp", "namespaces"} <= set(found.missing)


def test_an_unknown_processor_has_no_filter(monkeypatch):
    monkeypatch.setattr(platform, "machine", lambda: "riscv64")
    found = probe()
    assert found.level == OWN_CODE_ONLY
    assert "seccomp" in found.missing


def test_a_kernel_without_landlock(monkeypatch):
    def absent():
        raise OSError(38, "Function not implemented")

    monkeypatch.setattr(landlock, "abi", absent)
    found = probe()
    assert found.level == OWN_CODE_ONLY
    assert "Function not implemented" in found.details["landlock"]


def test_an_old_landlock_is_told(monkeypatch):
    if probe().level < KERNEL:
        pytest.skip("no Landlock here")
    monkeypatch.setattr(landlock, "abi", lambda: 2)
    found = probe()
    assert (found.level, found.landlock_abi) == (KERNEL, 2)
    assert "landlock_abi_3" in found.missing


def test_a_level_that_is_not_built_is_refused():
    with pytest.raises(SandboxError, match="not built"):
        Sandbox(replace(NOTHING, level=3, name="full"), [])


def test_an_unprepared_sandbox_is_refused(tmp_path):
    with pytest.raises(SandboxError, match="not prepared"):
        Sandbox(NOTHING, []).enter(str(tmp_path), (), memory_bytes=1, cpu_seconds=1)


@pytest.mark.usefixtures("kernel_level")
def test_a_started_process_can_be_shut_off(tmp_path):
    assert single(tmp_path) == "PermissionError"


@pytest.mark.usefixtures("kernel_level")
def test_a_process_with_threads_is_not_shut_off_halfway(tmp_path):
    assert single(tmp_path, threads=1) == "SandboxError"


@pytest.mark.usefixtures("kernel_level")
def test_a_missing_scratch_folder_stops_the_process(tmp_path):
    assert single(tmp_path / "missing") == "SandboxError"


def test_without_isolation_limits_hold_and_files_are_open(warm_with):
    own = warm_with(max_level=OWN_CODE_ONLY)
    assert own.result("result = len(open('/etc/passwd').read()) > 0")
    answer = own.answer("bytearray(2 << 30)", limits={"memory_bytes": 1 << 30})
    assert answer["error"] == "MemoryError"
