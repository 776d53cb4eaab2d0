"""Limits, descriptors and privileges of a shut-off process."""

import errno
import signal
import sys

import pytest

from grader.wire.levels import FULL, OWN_CODE_ONLY


def test_memory_beyond_the_limit_is_a_memory_error(warm):
    limits = {"memory_bytes": 200 << 20}
    answer = warm.answer("bytearray(300 << 20)", limits=limits)
    assert answer["error"] == "MemoryError"
    answer = warm.answer("result = len(bytearray(100 << 20))", limits=limits)
    assert answer == {"result": 100 << 20}


def test_mapped_memory_counts_too(warm):
    private = "import mmap; mmap.mmap(-1, 300 << 20, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)"
    answer = warm.answer(private, limits={"memory_bytes": 1 << 28})
    assert answer["errno"] == errno.ENOMEM


def test_a_loop_that_nobody_ends_is_ended(warm):
    answer = warm.answer("while True: pass", limits={"cpu_seconds": 1})
    # The first process of a PID namespace ignores the first warning.
    assert answer == {"ended": -signal.SIGKILL if warm.level == FULL else -signal.SIGXCPU}


def test_a_file_does_not_grow_beyond_the_limit(warm):
    answer = warm.answer("""
        with open("file", "wb") as file:
            file.write(bytes(17 << 20))
    """)
    assert answer["errno"] in {errno.EFBIG, errno.ENOSPC}
    (warm.scratch / "file").unlink(missing_ok=True)


def test_few_files_can_be_open_at_once(warm):
    warm.refused("held = [open(os.devnull) for _ in range(100)]", number=errno.EMFILE)


@pytest.mark.parametrize("name", ["RLIMIT_AS", "RLIMIT_CPU", "RLIMIT_NOFILE", "RLIMIT_CORE"])
def test_limits_cannot_be_raised_again(warm, name):
    answer = warm.answer(f"""
        import resource
        soft, hard = resource.getrlimit(resource.{name})
        resource.setrlimit(resource.{name}, (soft, hard + 1))
    """)
    assert answer["error"] == "ValueError"


def test_inherited_descriptors_are_closed(warm_with, tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("secret")
    for level in range(4):
        warm = warm_with(max_level=level)
        open_ones = warm.result("""
            result = []
            for descriptor in range(300):
                try:
                    os.fstat(descriptor)
                except OSError:
                    continue
                result.append(descriptor)
        """)
        # The standard ones and the pipe that brings the answer: not even the grants are left.
        assert len(open_ones) == 4, level


@pytest.mark.skipif(sys.platform != "linux", reason="capabilities are Linux's")
def test_root_has_no_powers_left(warm_with):
    warm = warm_with(max_level=OWN_CODE_ONLY)
    fields = dict(
        line.split(":\t")
        for line in warm.result("result = open('/proc/self/status').read()").splitlines()
    )
    assert [int(fields[name], 16) for name in ("CapInh", "CapPrm", "CapEff", "CapAmb")] == [0] * 4
    assert fields["NoNewPrivs"] == "1"


def test_the_process_has_a_session_of_its_own(warm):
    assert warm.result("result = os.getsid(0) == os.getpid() == os.getpgid(0)")


def test_the_process_ends_with_its_parent(warm_with):
    answer = warm_with().result("""
        from grader.student.sandbox import syscalls
        import ctypes
        signal = ctypes.c_int()
        ctypes.CDLL(None).prctl(2, ctypes.byref(signal), 0, 0, 0)
        result = signal.value
    """)
    assert answer == signal.SIGKILL
