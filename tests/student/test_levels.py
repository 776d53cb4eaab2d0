"""The probe, the levels, and that a protection which fails stops the process."""

import json
import os
import platform
import subprocess
import sys

import pytest

from grader.student.sandbox import landlock, layers, levels, namespaces, seccomp
from grader.student.sandbox.errors import SandboxError
from grader.student.sandbox.levels import Sandbox
from grader.student.sandbox.probe import ProbeResult, probe
from grader.student.sandbox.readable_paths import ReadablePaths
from grader.wire.levels import FULL, KERNEL, LEVEL_NAMES, NO_OPEN, OWN_CODE_ONLY

NOTHING = ProbeResult(OWN_CODE_ONLY)
SINGLE = """
import json, os, sys, threading
from grader.student.sandbox.errors import SandboxError
from grader.student.sandbox.readable_paths import ReadablePaths
from grader.student.sandbox.levels import Sandbox
from grader.student.sandbox.probe import probe
folder, scratch, threads, level = sys.argv[1:]
for _ in range(int(threads)):
    threading.Thread(target=threading.Event().wait, daemon=True).start()
try:
    sandbox = Sandbox(probe(int(level)), ReadablePaths(), folder)
    sandbox.before_imports()
    sandbox.prepare()
    sandbox.enter(sandbox.scratch or scratch, (0, 1, 2), memory_bytes=1 << 30, cpu_seconds=20)
    open("/etc/passwd")
except (SandboxError, OSError) as error:
    print(type(error).__name__, flush=True)
os._exit(0)
"""


def single(folder, level, scratch="", threads=0):
    """Shut off a process that was started, not forked; return what it printed."""
    done = subprocess.run(
        [sys.executable, "-P", "-c", SINGLE, folder, folder / scratch, str(threads), str(level)],
        capture_output=True,
        text=True,
        check=True,
        timeout=300,
    )
    return done.stdout.strip()


def absent(*_arguments):
    raise OSError(38, "Function not implemented")


def refused(*_arguments):
    raise SandboxError("layer", "not here")


@pytest.fixture
def machine(monkeypatch):
    """Imitate a machine that lacks protections: the trials of these fail."""

    def lacking(*names):
        if "landlock" in names:
            monkeypatch.setattr(landlock, "abi", absent)
        if "namespaces" in names:
            monkeypatch.setattr(namespaces, "enter_namespaces", refused)
        if "seccomp" in names:
            monkeypatch.setattr(seccomp, "fork_server_filter", refused)

    return lacking


def test_the_probe_names_level_and_what_is_missing():
    found = probe()
    assert found.level in range(4)
    assert set(found.missing) == set(found.details)
    assert json.loads(json.dumps(found.details)) == found.details


@pytest.mark.parametrize("level", range(4))
def test_no_more_than_asked_for(found, level):
    assert probe(level).level <= level
    if found.level == FULL:
        assert probe(level).name == LEVEL_NAMES[level]
    assert probe(level).missing == found.missing


@pytest.mark.parametrize(
    ("lacking", "level"),
    [
        (["namespaces"], KERNEL),
        (["landlock"], FULL),
        (["namespaces", "landlock"], NO_OPEN),
        (["seccomp"], OWN_CODE_ONLY),
        (["namespaces", "landlock", "seccomp"], OWN_CODE_ONLY),
    ],
)
def test_the_highest_level_for_which_all_is_there(found, machine, lacking, level):
    if found.level < FULL or "landlock" in found.missing:
        pytest.skip("this machine lacks something itself")
    machine(*lacking)
    poorer = probe()
    assert poorer.level == level
    assert set(lacking) <= set(poorer.missing)


def test_without_landlock_a_lower_level_is_found_when_asked_for(found, machine):
    if found.level < FULL:
        pytest.skip("no namespaces here")
    machine("landlock")
    assert [probe(level).level for level in range(4)] == [OWN_CODE_ONLY, NO_OPEN, NO_OPEN, FULL]
    assert probe().landlock_abi == 0


def test_elsewhere_than_on_linux_there_is_no_isolation(monkeypatch):
    monkeypatch.setattr(sys, "platform", "darwin")
    found = probe()
    assert found.level == OWN_CODE_ONLY
    assert {"landlock", "seccomp", "namespaces", "limits"} == set(found.missing)


def test_an_unknown_processor_has_no_filter(monkeypatch):
    monkeypatch.setattr(platform, "machine", lambda: "riscv64")
    found = probe()
    assert found.level == OWN_CODE_ONLY
    assert "seccomp" in found.missing


def test_what_the_system_answered_is_told(machine):
    machine("landlock")
    assert "Function not implemented" in probe().details["landlock"]


def test_an_old_landlock_is_told(found, monkeypatch):
    if "landlock" in found.missing:
        pytest.skip("no Landlock here")
    monkeypatch.setattr(landlock, "abi", lambda: 2)
    older = probe(KERNEL)
    assert (older.level, older.landlock_abi) == (KERNEL, 2)
    assert "landlock_abi_3" in older.missing


def test_a_trial_that_dies_is_a_missing_protection(found, monkeypatch):
    if "seccomp" in found.missing:
        pytest.skip("no seccomp here")
    monkeypatch.setattr(seccomp, "install", lambda _program: os._exit(3))
    assert probe().details["seccomp"] == "the trial ended with 3"


def test_every_level_has_its_protections(tmp_path):
    names = {
        level: [
            type(layer).__name__.removesuffix("Layer")
            for layer in levels._layers(
                ProbeResult(level, landlock_abi=7),
                ReadablePaths(),
                str(tmp_path),
            )
        ]
        for level in range(4)
    }
    always = {"Session", "Descriptors", "Limits"}
    assert {level: set(found) - always for level, found in names.items()} == {
        FULL: {"Namespaces", "Files", "Calls"},
        KERNEL: {"OtherUser", "Files", "Calls"},
        NO_OPEN: {"OtherUser", "Calls"},
        OWN_CODE_ONLY: {"OtherUser"},
    }
    assert all(always <= set(found) for found in names.values())


def test_a_full_level_without_landlock_has_the_rest(tmp_path):
    found = levels._layers(ProbeResult(FULL), ReadablePaths(), str(tmp_path))
    assert not any(isinstance(layer, layers.FilesLayer) for layer in found)


def test_an_unprepared_sandbox_is_refused(tmp_path):
    with pytest.raises(SandboxError, match="not prepared"):
        Sandbox(NOTHING, ReadablePaths(), str(tmp_path)).enter(
            str(tmp_path), (), memory_bytes=1, cpu_seconds=1
        )


@pytest.mark.parametrize("level", [FULL, KERNEL, NO_OPEN])
def test_a_started_process_can_be_shut_off(offered, tmp_path, level):
    expected = "FileNotFoundError" if level == FULL else "PermissionError"
    assert single(tmp_path, offered(level)) == expected


@pytest.mark.parametrize("level", [FULL, KERNEL])
def test_a_process_with_threads_is_not_shut_off_halfway(offered, tmp_path, level):
    assert single(tmp_path, offered(level), threads=1) == "SandboxError"


@pytest.mark.parametrize("level", [KERNEL, NO_OPEN, OWN_CODE_ONLY])
def test_a_missing_scratch_folder_stops_the_process(offered, tmp_path, level):
    assert single(tmp_path, offered(level), scratch="missing") == "SandboxError"


def test_without_isolation_limits_hold_and_files_are_open(warm_with):
    own = warm_with(max_level=OWN_CODE_ONLY)
    assert own.result("result = len(open('/etc/passwd').read()) > 0")
    answer = own.answer("bytearray(2 << 30)", limits={"memory_bytes": 1 << 30})
    assert answer["error"] == "MemoryError"
