"""What programs in a container may not do, as containers are by default.

After the capabilities and the filter of system calls that moby (Docker) gives a container of which
nothing special is asked. Its filter lists what is allowed; here stands the rest, but for four calls
about the placement of memory on nodes, which this package has no numbers for.
"""

import errno

from arena import kernel
from grader.student.sandbox import seccomp
from grader.student.sandbox.bpf import ALLOW, Assembler, BpfProgram, error
from grader.student.sandbox.syscall_numbers import native

# CAP_CHOWN … CAP_SETFCAP: nothing with mounts or namespaces.
CAPABILITIES = frozenset({0, 1, 3, 4, 5, 6, 7, 8, 10, 13, 18, 27, 29, 31})
REFUSED = """
    acct add_key bpf clock_settime create_module delete_module fanotify_init finit_module fsconfig
    fsmount fsopen fspick init_module io_uring_enter io_uring_register io_uring_setup ioperm iopl
    kcmp kexec_file_load kexec_load keyctl lookup_dcookie migrate_pages mount mount_setattr
    move_mount move_pages nfsservctl open_by_handle_at open_tree perf_event_open pidfd_getfd
    pivot_root process_madvise quotactl quotactl_fd reboot request_key setdomainname sethostname
    setns settimeofday swapoff swapon sysfs syslog _sysctl umount2 unshare uselib userfaultfd ustat
    vhangup"""
UNKNOWN = "clone3"  # whose flags no filter can see: clone is tried next
NEW_NAMESPACES = 0x7E020000
AF_VSOCK = 40
PERSONALITIES = (0, 0x8, 0x20000, 0x20008, 0xFFFFFFFF)


def enter() -> None:
    """Have no more power than a container gives, in this process and whatever it starts."""
    kernel.keep_capabilities(CAPABILITIES)
    seccomp.install(_filter())


def _filter() -> BpfProgram:
    architecture = native()
    assert architecture is not None
    numbers = architecture.numbers
    refuse = error(errno.EPERM)
    made = Assembler()
    made.load_number()
    made.give_if_equal([numbers[name] for name in REFUSED.split() if name in numbers], refuse)
    made.give_if_equal([numbers[UNKNOWN]], error(errno.ENOSYS))
    clone, socket, personality = Assembler(), Assembler(), Assembler()
    clone.load_argument(0)
    clone.give_if_any_bit(NEW_NAMESPACES, refuse)
    clone.ret(ALLOW)
    socket.load_argument(0)
    socket.give_if_equal([AF_VSOCK], refuse)
    socket.ret(ALLOW)
    personality.load_argument(0)
    personality.give_if_equal(PERSONALITIES, ALLOW)
    personality.ret(refuse)
    made.only_if_equal(numbers["clone"], clone)
    made.only_if_equal(numbers["socket"], socket)
    made.only_if_equal(numbers["personality"], personality)
    made.ret(ALLOW)
    return made.assembled()
