"""The progress file: whole whatever happens, and never a reason for a grade to fail."""

import json
import multiprocessing
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from support.attempts import attempt, key, progress
from support.text_blocks import block

from grader.course.languages import Translator
from grader.progress.models import Progress
from grader.progress.progress_file import PROGRESS, add, read

WRITERS, EACH = 4, 25


def many(folder, writer):
    for number in range(EACH):
        told = add(folder, progress({key(number): attempt(number % 20)}, f"ex{writer:02}"))
        assert told is None


def test_processes_that_write_at_once_lose_nothing(tmp_path):
    context = multiprocessing.get_context("spawn")
    writers = [context.Process(target=many, args=(tmp_path, one)) for one in range(WRITERS)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
        assert writer.exitcode == 0
    now, told = read(tmp_path)
    assert told is None
    assert {name: len(one) for name, one in now.courses["foundations"].items()} == {
        f"ex{writer:02}": EACH for writer in range(WRITERS)
    }
    assert [path.name for path in tmp_path.iterdir()] == [PROGRESS]


def test_a_writer_that_was_killed_holds_up_nobody(tmp_path, unblocked):
    program = block("""
        import pathlib, sys, time
        from grader.progress.progress_file import _locked
        with _locked(pathlib.Path(sys.argv[1])) as descriptor:
            import os
            os.write(descriptor, b'half a fi')
            print('locked', flush=True)
            time.sleep(1000)
    """)
    process = subprocess.Popen(
        [sys.executable, "-c", program, str(tmp_path)], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout.readline() == "locked\n"
    process.send_signal(signal.SIGKILL)
    process.wait()
    process.stdout.close()
    assert [path.name for path in tmp_path.iterdir()] == [f"{PROGRESS}.tmp"]
    with unblocked():
        assert add(tmp_path, progress({key(1): attempt(3)})) is None
    assert [path.name for path in tmp_path.iterdir()] == [PROGRESS]
    assert read(tmp_path)[0] == progress({key(1): attempt(3)})


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[]",
        b"\x00\xff",
        b'{"version": 1, "courses": {"a": {"b": {"c": {}}}}}',
        b'{"version": 1, "courses": {}, "more": 1}',
        b'{"version": true}',
        b'{"courses": {}}',
        b"[" * 100_000,
        b'{"version": -1}',
    ],
    ids=repr,
)
def test_a_broken_file_is_kept_aside_and_begun_anew(tmp_path, content):
    file = tmp_path / PROGRESS
    for name in (f"{PROGRESS}.broken", f"{PROGRESS}.broken2"):
        file.write_bytes(content)
        nothing, told = read(tmp_path)
        assert nothing == Progress()
        assert "cannot be understood" in str(told)
        assert file.read_bytes() == content, "reading changes nothing"
        told = add(tmp_path, progress({key(1): attempt(3)}))
        assert f"it is kept as {name}, and progress begins anew." in str(told)
        assert (tmp_path / name).read_bytes() == content
        assert read(tmp_path) == (progress({key(1): attempt(3)}), None)


def test_what_is_no_file_is_broken(tmp_path, unblocked):
    with unblocked():
        os.mkfifo(tmp_path / PROGRESS)
        assert "cannot be understood" in str(read(tmp_path)[1])
        assert "kept as" in str(add(tmp_path, progress({key(1): attempt(3)})))
        (tmp_path / PROGRESS).unlink()
        (tmp_path / PROGRESS).mkdir()
        assert "cannot be understood" in str(read(tmp_path)[1])
        assert "kept as" in str(add(tmp_path, progress({key(1): attempt(3)})))


def test_a_file_of_a_newer_version_is_left_as_it_is(tmp_path):
    file = tmp_path / PROGRESS
    content = json.dumps({"version": 2, "exercises": ["of another form"]})
    file.write_text(content, encoding="utf-8")
    nothing, told = read(tmp_path)
    assert nothing == Progress()
    assert "newer version" in str(told)
    assert "newer version" in str(add(tmp_path, progress({key(1): attempt(3)})))
    assert file.read_text(encoding="utf-8") == content
    assert [path.name for path in tmp_path.iterdir()] == [PROGRESS]


def test_what_cannot_be_written_is_said(tmp_path):
    (tmp_path / f"{PROGRESS}.tmp").mkdir()
    told = add(tmp_path, progress({key(1): attempt(3)}))
    assert f"Your progress is not recorded in {tmp_path / PROGRESS}: it is a folder" in str(told)
    assert str(told.localised(Translator("fr"))) != str(told)


def test_a_folder_that_is_gone_is_said(tmp_path):
    told = add(tmp_path / "nowhere", progress({key(1): attempt(3)}))
    assert "there is no such file or folder" in str(told)


ON_A_READ_ONLY_DISK = block("""
    import pathlib, sys
    sys.path.insert(0, sys.argv[2])
    from support.attempts import attempt, key, progress
    from grader.progress.progress_file import add, read
    folder = pathlib.Path(sys.argv[1])
    print(add(folder, progress({key(1): attempt(3)})))
    print(len(read(folder)[0].courses))
""")


def test_a_read_only_disk_is_said_and_can_be_read(tmp_path):
    if shutil.which("unshare") is None:
        pytest.skip("unshare is not installed")
    add(tmp_path, progress({key(1): attempt(3)}))
    script = 'mount --bind "$1" "$1" && mount -o remount,bind,ro "$1" && shift && exec "$@"'
    here = str(Path(__file__).parents[1])
    program = [sys.executable, "-c", ON_A_READ_ONLY_DISK, str(tmp_path), here]
    done = subprocess.run(
        ["unshare", "-rm", "sh", "-c", script, "sh", str(tmp_path), *program],
        capture_output=True,
        text=True,
        check=False,
    )
    if "unshare" in done.stderr or "mount" in done.stderr:
        pytest.skip(done.stderr.strip())
    assert "the disk can only be read." in done.stdout, done.stderr
    assert done.stdout.splitlines()[-1] == "1"


def test_nothing_is_left_behind_where_nothing_changes(tmp_path):
    assert add(tmp_path, progress({key(1): attempt(3)})) is None
    before = (tmp_path / PROGRESS).stat()
    assert add(tmp_path, progress({key(1): attempt(3)})) is None
    assert (tmp_path / PROGRESS).stat().st_ino == before.st_ino
    assert [path.name for path in tmp_path.iterdir()] == [PROGRESS]


def test_others_cannot_read_it(tmp_path):
    add(tmp_path, progress({key(1): attempt(3)}))
    assert (tmp_path / PROGRESS).stat().st_mode & 0o777 == 0o600
