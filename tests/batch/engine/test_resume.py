"""A run that is killed goes on where it was, and ends as if nothing had happened."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from support.text_blocks import block

pytest.importorskip("sqlalchemy")
from grader.gradebook.store import Store

pytestmark = pytest.mark.slow

TINY = Path(__file__).resolve().parents[2] / "courses" / "tiny"
RIGHT = block("""
    def double(x):
        return 2 * x
""")
NUMBER = 30
IGNORING = block("""
    import os
    import signal
    import sys

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.execv(sys.argv[1], sys.argv[1:])
""")


@pytest.fixture
def handed_in(tmp_path):
    """A class of the tiny course."""
    folder = tmp_path / "class"
    for number in range(NUMBER):
        mine = folder / f"s{number:02}"
        mine.mkdir(parents=True)
        wrong = "" if number % 3 else " + 1"
        (mine / "ex01.py").write_text(
            block(f"""
                def double(x):
                    return 2 * x{wrong}  # {number}
            """)
        )
    (folder / "s00" / "ex02.yaml").write_text("half: 0.25\n")
    return folder


def command(handed_in, out):
    return [
        *(sys.executable, "-P", "-m", "grader", "batch", str(handed_in), "--out", str(out)),
        *("--course", str(TINY), "--seed", "5", "--jobs", "2"),
        *("--require-isolation", "own-code-only", "--gradebook", str(gradebook_of(out))),
    ]


def gradebook_of(out):
    return out.with_suffix(".sqlite")


def recorded(out):
    """Return all that a gradebook holds but times and hashes of whole reports."""
    with Store.open(gradebook_of(out)) as store:
        return [
            (one.student, one.exercise, one.attempt, one.points, one.submission_hash, one.seed)
            for one in sorted(store.attempts(), key=lambda one: (one.student, one.exercise))
        ], [len(store.history(student.id).changes) for student in store.students()]


def run(handed_in, out):
    done = subprocess.run(command(handed_in, out), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def stored(out):
    found = (out / "results").rglob("*.json")
    return {path.name: path.stat().st_mtime_ns for path in found if not path.name.startswith(".")}


def files(out):
    return {str(path.relative_to(out)) for path in out.rglob("*") if path.is_file()}


@pytest.mark.parametrize("done_before", [0, 1, 9, 20])
def test_a_killed_run_ends_as_an_uninterrupted_one(handed_in, tmp_path, reports, done_before):
    whole, killed = tmp_path / "whole", tmp_path / "killed"
    run(handed_in, whole)
    with subprocess.Popen(command(handed_in, killed), stderr=subprocess.DEVNULL) as process:
        while not (killed / "batch.json").exists() or len(stored(killed)) < done_before:
            time.sleep(0.002)
            assert process.poll() is None, "the run was over before it could be killed"
        os.kill(process.pid, signal.SIGKILL)
    before = stored(killed)
    assert len(before) < NUMBER
    run(handed_in, killed)
    assert reports(killed) == reports(whole)
    assert files(killed) == files(whole)
    assert {name: stored(killed)[name] for name in before} == before, "judged again in vain"
    assert recorded(killed) == recorded(whole)


def test_sigterm_ends_a_run_where_ctrl_c_is_ignored(handed_in, tmp_path):
    """As behind `&` in a script, where shells have programs ignore SIGINT."""
    out = tmp_path / "out"
    ignoring = [sys.executable, "-c", IGNORING, *command(handed_in, out)]
    with subprocess.Popen(ignoring, stderr=subprocess.PIPE, text=True) as process:
        while not stored(out):
            time.sleep(0.01)
            assert process.poll() is None, "the run was over before it could be ended"
        process.terminate()
        _, said = process.communicate(timeout=120)
    assert process.returncode == 130, said
    assert 0 < len(stored(out)) < NUMBER


def test_another_seed_or_a_changed_submission_is_judged_anew(handed_in, tmp_path):
    out = tmp_path / "out"
    run(handed_in, out)
    before = stored(out)
    (handed_in / "s01" / "ex01.py").write_text(RIGHT)
    run(handed_in, out)
    after = stored(out)
    assert len(after) == len(before) + 1
    assert before.items() <= after.items()
