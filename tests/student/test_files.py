"""What a shut-off process can do to files, where it may open some."""

import errno
import os
import time

import pytest

from grader.wire.levels import FULL, KERNEL


@pytest.fixture
def outside(tmp_path):
    """A file that nobody granted."""
    path = tmp_path / "outside.txt"
    path.write_text("something of mine")
    yield path
    assert path.read_text() == "something of mine"


@pytest.fixture(
    scope="module", params=[(KERNEL, 1), (KERNEL, 2), (KERNEL, 3), (FULL, 1), (FULL, 0)]
)
def old(request, found, offered, warm_with):
    """A warm process that uses Landlock as older kernels have it, or does without."""
    level, version = request.param
    if found.landlock_abi < version:
        pytest.skip(f"this machine does not offer version {version} of Landlock")
    return warm_with(max_level=offered(level), landlock_abi=version)


@pytest.mark.parametrize(
    "action",
    [
        "open(path)",
        "open(path, 'w')",
        "open(path, 'a')",
        "open(path, 'r+')",
        "os.open(path, os.O_RDONLY | os.O_TRUNC)",
        "os.truncate(path, 0)",
        "os.unlink(path)",
        "os.listdir(os.path.dirname(path))",
        "os.mkdir(path + '.folder')",
    ],
)
def test_a_file_outside_is_closed(warm, outside, action):
    warm.closed(action, path=outside)


@pytest.mark.parametrize("action", ["os.rename(path, 'mine')", "os.link(path, 'mine')"])
def test_a_file_outside_cannot_be_brought_in(warm, outside, action):
    warm.closed(action, path=outside)


@pytest.mark.parametrize(
    "action",
    ["open('/etc/passwd')", "open('/proc/1/environ')", "os.listdir('/var')", "os.listdir('/srv')"],
)
def test_the_machine_is_closed(warm, action):
    warm.closed(action)


def test_the_parent_cannot_be_looked_into(warm):
    for name in ("environ", "mem", "maps", "cmdline", "fd/0"):
        warm.closed(f"open(f'/proc/{{parent}}/{name}')")


def test_files_in_scratch_can_be_made_read_and_removed(warm):
    result = warm.result("""
        os.mkdir("folder")
        with open("folder/file", "w") as file:
            file.write("some text")
        os.rename("folder/file", "folder/other")
        with open("folder/other", "r+") as file:
            file.truncate(4)
        result = open("folder/other").read()
        os.unlink("folder/other")
        os.rmdir("folder")
    """)
    assert result == "some"


def test_temporary_files_work(warm):
    result = warm.result("""
        import tempfile
        with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryFile() as file:
            file.write(b"some text")
            file.seek(0)
            with tempfile.NamedTemporaryFile("w", dir=folder) as other:
                other.write("more")
            result = file.read().decode()
    """)
    assert result == "some text"
    assert list(warm.scratch.iterdir()) == []


@pytest.mark.parametrize(
    ("action", "number"),
    [
        ("os.symlink('/etc/passwd', 'link')", errno.EACCES),  # by Landlock
        ("os.mknod('device', 0o600)", errno.EPERM),
        ("os.mkdir('folder', 0o300)", errno.EPERM),
        ("os.umask(0o777)", 0),  # the C library does not expect it to fail, and sets no error
    ],
)
def test_scratch_holds_nothing_that_is_hard_to_clear_away(warm, action, number):
    warm.refused(action, number=number)


def test_a_named_pipe_is_for_folders_that_go_with_the_process(warm):
    if warm.level == FULL:
        assert warm.result("os.mkfifo('fifo'); result = os.listdir()") == ["fifo"]
    else:
        warm.refused("os.mkfifo('fifo')")


def test_modes_and_times_can_be_set_in_a_folder_of_its_own(warm):
    code = """
        open("file", "w").close()
        try:
            os.chmod("file", 0o640)
            os.utime("file", (1, 2))
            status = os.stat("file")
            result = [oct(status.st_mode)[-3:], status.st_atime, status.st_mtime]
        finally:
            os.unlink("file")
    """
    if warm.level == FULL:
        assert warm.result(code) == ["640", 1, 2]
    else:  # whoever grades here has other files, which seccomp cannot tell from these
        warm.refused(code)


@pytest.mark.parametrize("age", [0, 2])
@pytest.mark.parametrize("level", [FULL, KERNEL])
def test_reading_what_is_granted_leaves_no_time(level, age, offered, warm_with, tmp_path):
    packages = tmp_path / "site-packages"
    packages.mkdir()
    files = [packages / "empty.py", packages / "inner" / "module.py", packages / "inner" / "data"]
    (packages / "inner").mkdir()
    for file in files:
        file.write_text("" if file.stem == "empty" else "x = 1\n")
        os.utime(file, (time.time() - age * 86400 - 9, time.time() - 9 * 86400))
    warm = warm_with(max_level=offered(level), path=[str(packages)])
    code = """
        import pathlib
        before = {path: os.lstat(path).st_atime_ns for path in names.split()}
        for path in names.split():
            os.listdir(path) if os.path.isdir(path) else open(path).read()
        result = [path for path, at in before.items() if os.lstat(path).st_atime_ns != at]
    """
    names = " ".join(map(str, [packages, packages / "inner", *files]))
    assert warm.result(code, names=names) == []


def test_nothing_in_scratch_can_be_run(warm):
    warm.refused("""
        os.close(os.open("program", os.O_CREAT | os.O_WRONLY, 0o755))
        try:
            os.execv("./program", ["program"])
        finally:
            os.unlink("program")
    """)


def test_devices_that_programs_expect_work(warm):
    assert warm.result("""
        with open("/dev/null", "w") as file:
            file.write("away")
        result = [len(os.urandom(4)), len(open("/dev/urandom", "rb").read(3))]
    """) == [4, 3]


@pytest.mark.parametrize(
    "action",
    [
        "os.truncate(path, 0)",
        "os.open(path, os.O_RDONLY | os.O_TRUNC)",
        "os.open(path, 3 | os.O_TRUNC)",  # access neither for reading nor for writing
        "os.open(path, os.O_WRONLY | os.O_TRUNC)",
        "os.open(path, os.O_CREAT | os.O_WRONLY | os.O_TRUNC)",
    ],
)
def test_an_old_landlock_lets_no_file_be_emptied(old, outside, action):
    answer = old.answer(action, path=outside)
    assert answer["errno"] in {errno.EACCES, errno.EPERM, errno.ENOENT, errno.EROFS}


def test_files_in_scratch_can_be_written_anew_with_an_old_landlock(old):
    result = old.result("""
        for text in ("a long text", "short"):
            with open("file", "w") as file:
                file.write(text)
        result = open("file").read()
        os.unlink("file")
    """)
    assert result == "short"
