"""The filters as programs: their verdicts on both architectures, by a small interpreter.

It stands in for an aarch64 machine, and tries what cannot be tried on a real one.
"""

import errno
import re
import struct
from itertools import product
from pathlib import Path

import pytest

from grader.student.sandbox import seccomp
from grader.student.sandbox import syscall_rules as policy
from grader.student.sandbox.bpf import ALLOW, KILL_PROCESS, Assembler, error
from grader.student.sandbox.syscall_numbers import AARCH64, LAST_REVIEWED, X86_64

PID = 4711
REFUSED = error(errno.EPERM)
ABSENT = error(errno.ENOSYS)
DONE = error(0)
HEADERS = {
    X86_64.name: Path("/usr/include/x86_64-linux-gnu/asm/unistd_64.h"),
    AARCH64.name: Path("/usr/include/asm-generic/unistd.h"),
}


def verdict(code, number, audit, *arguments):
    """Run a filter as the kernel does."""
    padded = [*arguments, 0, 0, 0, 0, 0, 0][:6]
    data = struct.pack("=IIQ6Q", number, audit, 0, *(a & (1 << 64) - 1 for a in padded))
    instructions = list(struct.iter_unpack("=HBBI", code))
    at, value = 0, 0
    while True:
        operation, if_true, if_false, operand = instructions[at]
        at += 1
        if operation == 0x06:
            return operand
        if operation == 0x20:
            (value,) = struct.unpack_from("=I", data, operand)
        elif operation == 0x54:
            value &= operand
        else:
            holds = {
                0x15: value == operand,
                0x25: value > operand,
                0x45: bool(value & operand),
            }[operation]
            at += if_true if holds else if_false


@pytest.fixture(params=[X86_64, AARCH64], ids=lambda architecture: architecture.name)
def architecture(request):
    return request.param


def filters(architecture, *, abi=7, open_files=True, allowed="", refused=""):
    """Return the code of all filters of a student process."""
    fork_server = seccomp.fork_server_filter(abi, architecture, allowed=allowed)
    process = seccomp.process_filter(
        open_files=open_files, refused=refused, architecture=architecture
    )
    return [fork_server.for_process(1), process.for_process(PID)]


def verdict_of_all(codes, *call):
    """Return the verdict that counts: the strictest, which is the lowest signed number."""
    return min((verdict(code, *call) for code in codes), key=lambda v: v - (v >> 31 << 32))


@pytest.fixture
def judged(architecture):
    """Return the verdict on a call by name, for some version of Landlock."""

    def call(name, *arguments, **options):
        codes = filters(architecture, **options)
        return verdict_of_all(codes, architecture.numbers[name], architecture.audit, *arguments)

    return call


def test_every_refused_call_is_known():
    names = " ".join(policy.REFUSED.values()).split()
    assert len(names) == len(set(names))
    assert not [name for name in names if name not in X86_64.numbers]


def test_all_that_is_refused_is_refused(architecture, judged):
    for name in " ".join(policy.REFUSED.values()).split():
        if name in architecture.numbers:
            assert judged(name) == REFUSED, name


@pytest.mark.parametrize("open_files", [True, False])
def test_no_call_is_refused_by_accident(architecture, open_files):
    codes = filters(architecture, open_files=open_files)
    numbers = range(LAST_REVIEWED + 1)
    stopped = {n for n in numbers if verdict_of_all(codes, n, architecture.audit) != ALLOW}
    assert stopped <= set(architecture.numbers.values())


def test_another_architecture_ends_the_process(architecture):
    assert verdict_of_all(filters(architecture), 0, 0x40000003) == KILL_PROCESS


def test_calls_newer_than_the_filter_do_not_exist(architecture):
    for number in (LAST_REVIEWED + 1, 0x40000000, 0xFFFFFFFF):
        assert verdict_of_all(filters(architecture), number, architecture.audit) == ABSENT


def test_the_warm_process_can_fork_and_shut_off_its_children(architecture):
    code = seccomp.fork_server_filter(7, architecture).for_process(1)
    fork = ("clone", 17)
    for name, *arguments in (fork, *((name,) for name in policy.FOR_FORKING.split())):
        if name in architecture.numbers:
            number = architecture.numbers[name]
            assert verdict(code, number, architecture.audit, *arguments) == ALLOW, name


def test_no_path_can_be_opened_where_nothing_guards_the_files(judged, architecture):
    for name in policy.BY_PATH.split():
        if name in architecture.numbers:
            assert judged(name, open_files=False) in {policy.CLOSED, policy.REFUSE}, name
    assert judged("openat", open_files=True) == ALLOW


def test_signals_go_to_the_process_itself_only(judged):
    for name in ("kill", "tgkill", "rt_sigqueueinfo", "rt_tgsigqueueinfo"):
        assert judged(name, PID) == ALLOW
        for other in (PID + 1, 0, 1, -1, -PID):
            assert judged(name, other) == REFUSED


def test_upper_halves_do_not_matter(judged):
    assert judged("kill", (1 << 32) + PID) == ALLOW
    assert judged("ioctl", 0, (1 << 32) + 0x5412) == REFUSED


def test_limits_of_others(judged):
    assert judged("prlimit64", 0) == judged("prlimit64", PID) == ALLOW
    assert judged("prlimit64", 1) == REFUSED


def test_threads_but_no_processes(judged):
    threads = 0x3D0F00
    assert judged("clone", threads) == ALLOW
    files = 0x400
    for flags in (17, 0x4111, threads | 0x10000000, threads | 0x80, threads & ~files):
        assert judged("clone", flags) == REFUSED
    assert judged("clone3") == ABSENT


def test_memory_and_descriptors_are_the_process_s_own(judged):
    private, shared, anonymous = 2, 1, 0x20
    assert judged("mmap", 0, 0, 3, private | anonymous | 0x20000) == ALLOW
    assert judged("mmap", 0, 0, 3, shared, 5) == judged("mmap", 0, 0, 3, private, 5) == ALLOW
    for kind in (shared, 3):
        assert judged("mmap", 0, 0, 3, kind | anonymous) == REFUSED
    assert judged("close_range", 3, 9, 0) == judged("close_range", 3, 9, 4) == ALLOW
    assert judged("close_range", 3, 9, 2) == judged("close_range", 3, 9, 6) == REFUSED


def test_no_word_is_left_on_files_and_pages_of_all(judged):
    duplicate, lease, hint = 1030, 1024, 1036
    assert judged("fcntl", 3, duplicate) == ALLOW
    for command in (lease, hint):
        assert judged("fcntl", 3, command) == REFUSED
    free, cold, out = 4, 20, 21
    assert judged("madvise", 0, 0, free) == ALLOW
    assert judged("madvise", 0, 0, cold) == judged("madvise", 0, 0, out) == REFUSED


def test_locks_are_said_to_be_made(judged):
    look, lock, wait = (5, 36), (6, 37), (7, 38)
    assert {judged("fcntl", 3, command) for command in look} == {ALLOW}
    assert {judged("fcntl", 3, command) for command in (*lock, *wait)} == {DONE}
    assert judged("flock", 3, 2) == DONE


def test_modes_and_times_are_for_who_can_reach_no_others(judged, architecture):
    for names, allowed in product((policy.MODES, policy.TIMES), ("", policy.MODES)):
        for name in names.split():
            if name in architecture.numbers:
                expected = ALLOW if names == allowed else REFUSED
                assert judged(name, allowed=allowed) == expected, name


def test_a_pipe_has_a_name_or_a_number(judged, architecture):
    pipe, device = 0o010600, 0o020600
    for name, at in policy.MODE_OF_MKNOD.items():
        if name in architecture.numbers:
            before = [0] * at
            assert judged(name, *before, pipe) == REFUSED
            assert judged(name, *before, pipe, allowed=policy.NAMED_PIPES) == ALLOW
            assert judged(name, *before, device, allowed=policy.NAMED_PIPES) == REFUSED
    assert judged("pipe2") == judged("socketpair", 1, 1) == ALLOW
    for name in ("pipe2", "socketpair"):
        assert judged(name, 1, 1, refused=policy.NUMBERED) == REFUSED


def test_clocks_of_others_are_not_to_be_read(judged):
    def of_process(number, kind):
        return ~number << 3 | kind

    for name in policy.CLOCKS.split():
        assert {judged(name, clock) for clock in range(12)} == {ALLOW}
        assert judged(name, of_process(0, 2)) == judged(name, of_process(5, 6)) == ALLOW
        assert {judged(name, of_process(5, kind)) for kind in range(4)} == {REFUSED}


def test_of_itself_alone_a_process_may_ask(judged):
    for name in policy.ABOUT_ITSELF.split():
        assert judged(name, 0) == judged(name, PID) == ALLOW
        assert judged(name, PID + 1) == REFUSED
    for name in ("getpriority", "ioprio_get"):
        assert judged(name, 0, PID) == ALLOW
        assert judged(name, 0, 1) == REFUSED


def test_futexes_are_private(judged):
    wait, wake, requeue, wait_bitset, private, realtime = 0, 1, 3, 9, 128, 256
    assert judged("futex", 0, wait | private) == judged("futex", 0, requeue | private) == ALLOW
    again = error(errno.EAGAIN)
    assert judged("futex", 0, wait) == judged("futex", 0, wait_bitset | realtime) == again
    assert judged("futex", 0, wake) == DONE
    assert judged("futex", 0, requeue) == REFUSED


def test_attributes_of_files_are_not_to_be_had(architecture, judged):
    for name in policy.UNSUPPORTED.split():
        if name in architecture.numbers:
            assert judged(name) == error(errno.ENOTSUP), name


def test_openat2_hides_its_flags(judged):
    assert judged("openat2") == ABSENT


@pytest.mark.parametrize("abi", [1, 2])
def test_truncation_is_for_writers(judged, abi):
    truncate, create = 0o1000, 0o100
    for access, expected in ((0, REFUSED), (1, ALLOW), (2, ALLOW), (3, REFUSED)):
        assert judged("openat", 0, 0, access | truncate | create, abi=abi) == expected
        assert judged("openat", 0, 0, access | create, abi=abi) == ALLOW
        assert judged("openat", 0, 0, access | truncate, abi=3) == ALLOW
    assert judged("truncate", abi=abi) == REFUSED
    assert judged("truncate", abi=3) == ALLOW


def test_folders_stay_open_to_their_owner(judged):
    assert judged("mkdirat", 0, 0, 0o755) == judged("mkdirat", 0, 0, 0o1700) == ALLOW
    assert judged("mkdirat", 0, 0, 0o300) == REFUSED
    assert judged("umask", 0o77) == ALLOW
    assert judged("umask", 0o100) == REFUSED


def test_sockets_of_a_pair_are_connected(judged):
    unix, internet, stream, datagram, packets = 1, 2, 1, 2, 5
    close_on_exec = 0o2000000
    assert judged("socketpair", unix, stream | close_on_exec) == ALLOW
    assert judged("socketpair", unix, packets) == ALLOW
    assert judged("socketpair", unix, datagram) == REFUSED
    assert judged("socketpair", internet, stream) == REFUSED


def test_numbers_are_the_kernels(architecture):
    header = HEADERS[architecture.name]
    if not header.is_file():
        pytest.skip("the kernel's headers are not installed")
    pattern = re.compile(r"^#define __NR(?:3264)?_(\w+)\s+(\d+)$", re.MULTILINE)
    theirs = {name: int(n) for name, n in pattern.findall(header.read_text())}
    ours = {name: n for name, n in architecture.numbers.items() if name in theirs}
    assert len(ours) > 100
    assert ours == {name: theirs[name] for name in ours}


def test_a_body_too_long_to_jump_over_is_an_error():
    body = Assembler()
    for _ in range(256):
        body.ret(ALLOW)
    with pytest.raises(ValueError, match="too many"):
        Assembler().only_if_equal(1, body)
