"""seccomp: which system calls a shut-off process can make, at every level that has it."""

import errno

import pytest

from grader.wire.levels import FULL


@pytest.mark.parametrize(
    "action",
    [
        # A process that could be made after all ends at once.
        "os.fork() or os._exit(0)",
        "os.posix_spawn('/bin/true', ['true'], {})",
        "os.execv('/bin/true', ['true'])",
        "os.setsid()",
        "os.setpgid(0, 0)",
        "os.kill(parent, 0)",
        "os.kill(-1, 0)",
        "os.kill(0, 0)",
        "os.killpg(os.getpgid(0), 0)",
        "os.pidfd_open(parent)",
        "os.nice(1)",
        "os.sched_setaffinity(parent, {0})",
        "os.sched_getaffinity(parent)",
        "os.sched_getscheduler(parent)",
        "os.getpgid(parent)",
        "os.getsid(parent)",
        "os.getpriority(os.PRIO_PROCESS, parent)",
        "os.getpriority(os.PRIO_PGRP, parent)",
        "import time; time.clock_gettime((~int(parent) << 3) | 2)",
        "os.statvfs('.')",
        "os.fstatvfs(0)",
        "import socket; socket.socketpair()[0].getsockopt(socket.SOL_SOCKET, 57)",  # SO_COOKIE
        "import socket; socket.socketpair()[0].getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED)",
        "os.sched_setscheduler(0, os.SCHED_OTHER, os.sched_param(0))",
        "os.chown('.', -1, -1)",
        "os.setxattr('.', 'user.name', b'value')",
        "os.memfd_create('name')",
        "os.setuid(os.getuid())",
        "os.setgroups([])",
        "os.chroot('.')",
        "import resource; resource.prlimit(parent, resource.RLIMIT_CORE)",
        "import fcntl; fcntl.fcntl(0, fcntl.F_SETOWN, parent)",
        "import fcntl; fcntl.fcntl(0, fcntl.F_NOTIFY, 0)",
        "import fcntl; fcntl.fcntl(0, fcntl.F_SETLEASE, fcntl.F_RDLCK)",
        "import fcntl; fcntl.ioctl(0, 0x5412, b'x')",
        "import socket; socket.socket(socket.AF_INET, socket.SOCK_STREAM)",
        "import socket; socket.socket(socket.AF_INET, socket.SOCK_DGRAM)",
        "import socket; socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)",
        "import socket; socket.socket(socket.AF_NETLINK, socket.SOCK_RAW)",
        "import socket; socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)",
    ],
)
def test_refused(shut_off, action):
    shut_off.refused(action)


@pytest.mark.parametrize("action", ["os.chmod(path, 0o700)", "os.utime(path)"])
@pytest.mark.parametrize("path", ["os.__file__", "os.devnull", "'..'"])
def test_modes_and_times_of_others(shut_off, action, path):
    answer = shut_off.answer(action.replace("path", path))
    assert answer.get("errno") in {errno.EPERM, errno.EROFS}, answer


def test_locks_are_taken_as_made_and_are_none(shut_off):
    """Who looks for a lock finds none, whatever was locked, in this process or in another."""
    for _ in range(2):
        result = shut_off.result("""
            import fcntl, struct
            every = struct.pack("hhqqi4x", fcntl.F_WRLCK, os.SEEK_SET, 0, 0, 0)
            fcntl.flock(0, fcntl.LOCK_EX | fcntl.LOCK_NB)
            fcntl.lockf(0, fcntl.LOCK_SH | fcntl.LOCK_NB)
            fcntl.fcntl(0, 37, every)  # F_OFD_SETLK
            said = [fcntl.fcntl(0, command, every) for command in (fcntl.F_GETLK, 36)]
            result = [struct.unpack_from("h", one)[0] == fcntl.F_UNLCK for one in said]
        """)
        assert result == [True, True]


def test_nobody_waits_where_another_process_could_wake(shut_off):
    result = shut_off.result("""
        import ctypes, threading, time
        from grader.student.sandbox import syscall_numbers as tables
        libc = ctypes.CDLL(None, use_errno=True)
        futex = tables.native().numbers["futex"]
        place = ctypes.cast(libc.printf, ctypes.c_void_p).value & ~0xFFF  # in a page of all
        value = ctypes.c_uint32.from_address(place).value
        wait = ctypes.create_string_buffer(16)
        wait[:8] = (5).to_bytes(8, "little")

        def waiting():
            said.append(libc.syscall(futex, ctypes.c_void_p(place), 0, value, wait, None, 0))
            said.append(ctypes.get_errno())

        said = []
        thread = threading.Thread(target=waiting)
        thread.start()
        time.sleep(0.05)
        woken = libc.syscall(futex, ctypes.c_void_p(place), 1, 1, None, None, 0)
        thread.join()
        result = [*said, woken]
    """)
    assert result == [-1, errno.EAGAIN, 0]


BY_NUMBER = """
    ptrace process_vm_readv process_vm_writev mount umount2 unshare setns bpf perf_event_open
    userfaultfd io_uring_setup keyctl add_key seccomp shmget shmat msgget semget mq_open
    inotify_init1 fanotify_init name_to_handle_at pidfd_getfd personality capset vmsplice
    memfd_secret open_tree fsopen kcmp init_module sync sysinfo statfs fstatfs
"""


def test_refused_by_number(shut_off):
    allowed = shut_off.result(
        """
        from grader.student.sandbox import syscalls, syscall_numbers as tables
        result = []
        for name in names.split():
            try:
                syscalls.call(name, tables.native().numbers[name], 0, 0, 0)
                result.append(name)
            except PermissionError:
                pass
        """,
        names=BY_NUMBER,
    )
    assert allowed == []


@pytest.mark.parametrize("option", [1, 4, 36])
def test_a_process_cannot_outlive_its_parent_or_be_looked_into_again(shut_off, option):
    code = f"from grader.student.sandbox import syscalls; syscalls.prctl({option}, 1)"
    shut_off.refused(code)


@pytest.mark.parametrize("number", [435, 437, 471, 0x40000000 + 39])
def test_calls_that_cannot_be_judged_do_not_exist(shut_off, number):
    shut_off.refused(
        f"from grader.student.sandbox import syscalls; syscalls.call('', {number}, 0, 0)",
        number=errno.ENOSYS,
    )


def test_threads_work(shut_off):
    result = shut_off.result("""
        import concurrent.futures
        with concurrent.futures.ThreadPoolExecutor(4) as pool:
            result = list(pool.map(lambda x: x * x, range(5)))
    """)
    assert result == [0, 1, 4, 9, 16]


def test_threads_are_shut_off_too(shut_off):
    result = shut_off.result("""
        import threading
        found = []
        def look():
            try:
                os.open("/etc/passwd", os.O_RDONLY)
            except OSError as error:
                found.append(error.errno)
            try:
                os.setsid()
            except OSError as error:
                found.append(error.errno)
        thread = threading.Thread(target=look)
        thread.start()
        thread.join()
        result = found
    """)
    assert result[0] in {errno.EACCES, errno.ENOENT}
    assert result[1] == errno.EPERM


def test_the_process_may_signal_itself(shut_off):
    assert (
        shut_off.result("""
        import signal
        caught = []
        signal.signal(signal.SIGUSR1, lambda number, frame: caught.append(number))
        os.kill(os.getpid(), signal.SIGUSR1)
        signal.raise_signal(signal.SIGUSR1)
        result = len(caught)
    """)
        == 2
    )


@pytest.mark.parametrize("make", ["os.pipe()", "os.pipe2(0)", "socket.socketpair()"])
def test_where_it_may_name_pipes_a_process_makes_none_that_the_machine_counts(shut_off, make):
    if shut_off.level == FULL:
        shut_off.refused(f"import socket; {make}")
    else:
        shut_off.result(f"import socket; {make}")


def test_connected_sockets_work(shut_off):
    if shut_off.level == FULL:
        pytest.skip("there others take their place: see the honest programs")
    assert (
        shut_off.result("""
        import socket
        left, right = socket.socketpair()
        left.sendall(b"hello")
        result = right.recv(5).decode()
    """)
        == "hello"
    )
