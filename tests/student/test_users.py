"""Who a student process is: never a root with powers, nor, where it can be helped, root at all."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from grader.student.sandbox import identity, proc
from grader.student.sandbox.errors import SandboxError
from grader.wire.levels import FULL, KERNEL, NO_OPEN, OWN_CODE_ONLY

ROOT = Path(__file__).resolve().parents[2]
WORK = """
    import numpy as np
    result = [os.getuid(), os.getgid(), os.getgroups(), float(np.linalg.svd(np.eye(2))[1].sum())]
"""


@pytest.fixture(
    scope="module",
    params=[FULL, KERNEL, NO_OPEN, OWN_CODE_ONLY],
    ids=lambda level: f"level {level}",
)
def level(request, offered):
    return offered(request.param)


def test_where_the_kernel_knows_no_capabilities_there_are_none(monkeypatch, tmp_path):
    monkeypatch.setattr(proc, "_FOLDER", str(tmp_path))
    assert identity.capabilities() == 0
    with pytest.raises(SandboxError, match="root has not the powers"):
        identity.unused_uid()


def test_an_ordinary_user_can_shut_off_its_processes(level, ordinary, warm_with):
    warm = warm_with(max_level=level, libraries=["numpy"], as_user=ordinary)
    assert warm.level == level
    user, group, groups, total = warm.result(WORK)
    assert user == group != 0
    assert groups in ([], [user], [65534])
    assert total == 2
    if level > OWN_CODE_ONLY:
        warm.closed("open('/etc/passwd')")
        warm.refused("os.fork() or os._exit(0)")


def as_root(code, executable, paths, *arguments):
    done = subprocess.run(
        [executable, "-P", "-c", code, *arguments],
        env={"PYTHONPATH": paths, "OPENBLAS_NUM_THREADS": "1"},
        cwd="/",
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.split()


PREPARED = """
import os, sys
from grader.judge.processes.readable import find_offer
from grader.student.sandbox.readable_paths import readable as granted
from grader.student.sandbox.levels import Sandbox
from grader.student.sandbox.probe import probe
folder, level = sys.argv[1:]
readable = granted(find_offer(("numpy",), ()).as_message())
sandbox = Sandbox(probe(int(level), readable), readable, folder)
sandbox.before_imports()
sandbox.prepare()
print(os.getuid(), os.getgid(), *sandbox.unavailable())
sys.stdout.flush()
os._exit(0)
"""


def test_root_becomes_somebody_else(level, ordinary, tmp_path_factory, way_to):
    executable, paths = ordinary
    folder = tmp_path_factory.mktemp("folder")
    way_to(folder)
    user, group, *lacking = as_root(PREPARED, executable, paths, folder, str(level))
    if lacking:
        pytest.skip("this root may not become anybody else")
    assert identity.FIRST <= int(user) == int(group) <= identity.LAST
    if level < FULL:
        assert folder.stat().st_uid == int(user)


def test_root_stays_where_nobody_else_can_read_python(level, ordinary, tmp_path):
    if level == FULL:
        pytest.skip("there a root of its own opens the way")
    executable, paths = ordinary
    folder = tmp_path / "shut/folder"
    folder.mkdir(parents=True)
    folder.parent.chmod(0o700)
    user, _, *lacking = as_root(PREPARED, executable, paths, folder, str(level))
    assert (user, lacking) == ("0", ["other_user"])


def test_what_not_everybody_can_read_is_named(tmp_path):
    shut = tmp_path / "shut"
    shut.mkdir(mode=0o700)
    with pytest.raises(SandboxError, match=r"no other user can read .*shut"):
        identity.require_world_readable([shut])
    with pytest.raises(SandboxError, match="shut"):
        identity.require_world_readable([], [shut])
    shut.chmod(0o711)
    identity.require_world_readable([], [shut])


@pytest.mark.skipif(sys.platform != "linux", reason="capabilities are Linux's")
def test_without_powers_there_is_nobody_to_become(monkeypatch):
    monkeypatch.setattr(identity, "capabilities", lambda: 0)
    with pytest.raises(SandboxError, match="powers"):
        identity.unused_uid()


def test_a_container_may_know_root_alone(monkeypatch):
    monkeypatch.setattr(identity, "capabilities", lambda: -1)
    monkeypatch.setattr(identity.proc, "read", lambda _name: "         0       1000          1\n")
    with pytest.raises(SandboxError, match="no user but root"):
        identity.unused_uid()


@pytest.mark.skipif(os.name == "nt", reason="users have no numbers there")
def test_the_command_works_for_an_ordinary_user(ordinary, tmp_path, softmax, way_to):
    executable, paths = ordinary
    way_to(tmp_path)
    tmp_path.chmod(0o755)
    (tmp_path / "ex11.py").write_text(softmax)
    done = subprocess.run(
        [executable, "-P", "-m", "grader", "grade", "ex11", tmp_path / "ex11.py"],
        env={"PYTHONPATH": paths, "HOME": "/nonexistent", "GRADER_LANG": "en"},
        cwd="/",
        user=61000,
        group=61000,
        extra_groups=[],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "Points: 20 of 20" in done.stdout
