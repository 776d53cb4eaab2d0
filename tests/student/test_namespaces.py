"""The highest level: a root, processes and a network of one's own."""

import errno
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from support.offered import granted

from grader.wire.levels import FULL

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def full(offered, warm_with):
    """A warm process whose children have namespaces of their own."""
    return warm_with(max_level=offered(FULL))


def test_a_process_is_alone(full):
    assert full.result("result = [os.getpid(), os.getppid(), os.uname().nodename]") == [
        1,
        0,
        "student",
    ]
    assert full.result("result = sorted(os.listdir('/proc'))") == ["cpuinfo", "meminfo"]


def test_only_what_is_granted_can_be_seen(full):
    shown = set(full.result("result = [f'/{name}' for name in os.listdir('/')]"))
    readable = granted()
    paths = (*readable.folders, *readable.files, *readable.names)
    expected = {f"/{path.parts[1]}" for path in paths} | {"/.grader", "/proc", "/sys"}
    assert shown <= expected
    assert full.result("result = sorted(os.listdir('/dev'))") == ["null", "urandom"]
    assert (
        full.result(
            f"result = any(map(os.path.exists, ['/home', {str(Path.home() / '.bashrc')!r}]))"
        )
        is False
    )


def test_what_the_machine_tells_is_a_copy_that_stands_still(full):
    read = """
        result = {}
        for top in ("/proc", "/sys"):
            for folder, _, names in os.walk(top):
                for name in names:
                    path = f"{folder}/{name}"
                    result[path] = open(path).read()
    """
    before = full.result(read)
    assert before.keys() == {
        "/proc/cpuinfo",
        "/proc/meminfo",
        *(f"/sys/devices/system/cpu/{n}" for n in ("kernel_max", "online", "possible", "present")),
    }
    assert "processor" in before["/proc/cpuinfo"]
    assert "MHz" not in before["/proc/cpuinfo"]
    total, free, available = (line.split()[1] for line in before["/proc/meminfo"].splitlines())
    assert total == free == available == Path("/proc/meminfo").read_text().split()[1]
    assert full.result(read) == before


def test_everything_but_scratch_is_read_only(full):
    wrote = full.result("""
        result = []
        for folder, _, _ in os.walk("/"):
            if not folder.startswith("/.grader/scratch"):
                try:
                    os.close(os.open(f"{folder}/new", os.O_CREAT | os.O_WRONLY))
                    result.append(folder)
                except OSError:
                    pass
    """)
    assert wrote == []


def test_nothing_stays_in_scratch(full):
    assert full.result("result = [os.getcwd(), os.listdir()]") == ["/.grader/scratch", []]
    full.result("open('left', 'w').write('behind'); result = os.listdir()")
    assert full.result("result = os.listdir()") == []
    assert list(full.scratch.iterdir()) == []


def test_the_disk_cannot_be_filled(full):
    answer = full.answer("""
        for number in range(40):
            with open(f"file{number}", "wb") as file:
                file.write(bytes(1 << 20))
    """)
    assert answer["errno"] == errno.ENOSPC
    answer = full.answer("for number in range(2000): open(f'file{number}', 'w').close()")
    assert answer["errno"] == errno.ENOSPC


def test_threads_are_limited(full, found):
    if "other_user" in found.missing or os.uname().release < "5.14":
        pytest.skip("the kernel does not count the processes of root")
    count = full.result("""
        import threading
        event, started = threading.Event(), []
        threading.stack_size(1 << 16)
        try:
            for _ in range(300):
                thread = threading.Thread(target=event.wait)
                thread.start()
                started.append(thread)
        except RuntimeError:
            pass
        event.set()
        result = len(started)
    """)
    assert 10 < count < 200


def test_signals_to_itself_do_not_end_the_first_process(full):
    """As Linux has it: only handlers see them, and the judge's own signals end it."""
    assert (
        full.result("""
        import signal
        for number in (signal.SIGTERM, signal.SIGXCPU, signal.SIGKILL, signal.SIGSTOP):
            os.kill(os.getpid(), number)
        result = "alive"
    """)
        == "alive"
    )


def test_a_broken_process_ends_all_the_same(full):
    assert full.answer("import ctypes; ctypes.string_at(0)") == {"ended": -signal.SIGSEGV}
    assert full.answer("os.abort()")["ended"] < 0


CLOSED_BELOW = """
from pathlib import Path
from grader.student.sandbox import namespaces
from grader.student.sandbox.readable_paths import ReadablePaths
import os, sys
top, link, alias = (Path(name) for name in sys.argv[1:])
namespaces.enter_namespaces(
    ReadablePaths(
        folders=(top, top / "shut/but/open"), closed=(top / "shut", top / "file"), names=(link,)
    ),
    None,
)
print(sorted(str(p) for p in alias.rglob("*")))
print(sorted(str(p.relative_to(top)) for p in top.rglob("*")))
print((top / "shut/but/open/here").read_text(), (top / "file").read_text() == "")
os._exit(0)
"""


@pytest.mark.usefixtures("full")
def test_what_is_closed_is_covered_and_links_lead_where_they_led(tmp_path):
    top = tmp_path / "packages"
    for name in ("a/file", "shut/secret", "shut/but/open/here", "file"):
        (top / name).parent.mkdir(parents=True, exist_ok=True)
        (top / name).write_text(name)
    (tmp_path / "one").symlink_to("packages")
    (tmp_path / "two").symlink_to(tmp_path / "one")
    done = subprocess.run(
        [sys.executable, "-P", "-c", CLOSED_BELOW, top, tmp_path / "two/a", tmp_path / "two/a"],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    linked, seen, read = done.stdout.splitlines()
    assert linked == str([f"{tmp_path}/two/a/file"])
    assert eval(seen) == [  # noqa: S307 - our own list
        "a", "a/file", "file", "shut", "shut/but", "shut/but/open", "shut/but/open/here",
    ]  # fmt: skip
    assert read == "shut/but/open/here True"
    assert (top / "shut/secret").read_text() == "shut/secret"


ENDING = """
import os, signal, sys, time
from grader.student.sandbox import namespaces
from grader.student.sandbox.readable_paths import ReadablePaths
namespaces.enter_namespaces(ReadablePaths(), None)
print(flush=True)
exec(sys.argv[1])
"""


def ends(code):
    return subprocess.run(
        [sys.executable, "-P", "-c", ENDING, code],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        check=False,
        stdout=subprocess.DEVNULL,
        timeout=300,
    ).returncode


@pytest.mark.usefixtures("full")
def test_the_process_that_stays_behind_ends_as_the_other_one():
    assert ends("os._exit(7)") == 7
    assert ends("import ctypes; ctypes.string_at(0)") == -signal.SIGSEGV


@pytest.mark.usefixtures("full")
def test_the_end_of_the_process_that_stays_behind_is_the_end_of_all(unblocked):
    with subprocess.Popen(
        [sys.executable, "-P", "-c", ENDING, "time.sleep(600)"],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
    ) as behind:
        behind.stdout.readline()
        children = Path(f"/proc/{behind.pid}/task/{behind.pid}/children").read_text().split()
        assert len(children) == 1
        behind.kill()
        behind.wait(60)
        with unblocked():  # the child holds the pipe as long as it lives: 600 seconds
            assert behind.stdout.read() == b""
