"""Two submissions of one batch, judged at the same time, that try to signal to each other.

Both go by the clock: in every other slot of time the one does what the machine keeps count of, the
other looks at all counts in all slots. Whatever differs between the two kinds of slots is heard.
What one leaves on files for a later one is not among it: there one process can try both.
"""

CHANNELS = (
    "affinity",
    "free memory",
    "free space",
    "futexes",
    "inode numbers",
    "locks",
    "socket cookies",
    "thread numbers",
)
HEARD = "heard: "
_BOTH = """
import _socket, ctypes, fcntl, mmap, os, posix, struct, threading, time
import numpy as np

SLOT, SECONDS = 0.4, 6
libc = ctypes.CDLL(None, use_errno=True)
machine = os.uname().machine
FUTEX = {"x86_64": 202, "aarch64": 98}[machine]
place = ctypes.cast(libc.printf, ctypes.c_void_p).value & ~0xFFF
value = ctypes.c_uint32.from_address(place).value
shared = os.open(np.__file__, os.O_RDONLY)
until = time.time() + SECONDS


def slots():
    while time.time() < until:
        time.sleep(SLOT - time.time() % SLOT)
        yield int(time.time() / SLOT + 0.1) % 2 == 0


def sockets(count):
    for _ in range(count):
        for end in _socket.socketpair():
            cookie = struct.unpack("Q", end.getsockopt(_socket.SOL_SOCKET, 57, 8))[0]
            end.close()
    return cookie


def pipes(count):
    for _ in range(count):
        pair = posix.pipe()
        number = os.fstat(pair[0]).st_ino
        for end in pair:
            os.close(end)
    return number


def threads(count):
    numbers = []
    for _ in range(count):
        thread = threading.Thread(target=lambda: numbers.append(threading.get_native_id()))
        thread.start()
        thread.join()
    return numbers[-1]


def softmax(x):
    e = np.exp(x - np.max(x, axis=-1, keepdims=True))
    return e / np.sum(e, axis=-1, keepdims=True)

"""
SENDER = f"""{_BOTH}
held = []


def memory(active):
    if active:
        held.append(mmap.mmap(-1, 64 << 20, mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS))
        np.frombuffer(held[-1], "u1")[::4096] = 1
    else:
        held.clear()


def space(active):
    with open("large", "wb") as file:
        file.write(bytes(8 << 20 if active else 0))
        file.flush()


def lock(active):
    fcntl.flock(shared, fcntl.LOCK_EX | fcntl.LOCK_NB if active else fcntl.LOCK_UN)


def wait(active):
    patience = (ctypes.c_long * 2)(0, int(SLOT * 8e8))
    arguments = (FUTEX, ctypes.c_void_p(place), 0, value, patience, None, 0)
    if active:
        threading.Thread(target=libc.syscall, args=arguments).start()


def choose(active):
    os.sched_setaffinity(0, {{0}} if active else {{0, 1}})


WAYS = [memory, space, lock, wait, choose]
WAYS += [lambda active, way=way: way(60) if active else None for way in (sockets, pipes, threads)]
for active in slots():
    for way in WAYS:
        try:
            way(active)
        except OSError:
            pass
"""
RECEIVER = f"""{_BOTH}
info = (ctypes.c_ulong * 64)()
last = {{}}


def free_memory():
    return info[5] / (40 << 20) if libc.sysinfo(info) == 0 else 0


def free_space():
    said = (ctypes.c_long * 32)()
    return said[3] * said[1] / (4 << 20) if libc.statfs(b".", said) == 0 else 0


def locks():
    try:
        fcntl.flock(shared, fcntl.LOCK_EX | fcntl.LOCK_NB)
        fcntl.flock(shared, fcntl.LOCK_UN)
    except BlockingIOError:
        return 1
    return 0


def futexes():
    return libc.syscall(FUTEX, ctypes.c_void_p(place), 1, 1, None, None, 0)


def affinity():
    found = 0
    for number in range(2, 200):
        try:
            found += number != os.getpid() and os.sched_getaffinity(number) == {{0}}
        except OSError:
            pass
    return found


def since(way):
    def count():
        now = way(1)
        before, last[way] = last.get(way, now), now
        return (now - before) / 40
    return count


WAYS = {{
    "free memory": free_memory,
    "free space": free_space,
    "locks": locks,
    "futexes": futexes,
    "affinity": affinity,
    "socket cookies": since(sockets),
    "inode numbers": since(pipes),
    "thread numbers": since(threads),
}}
noted = {{name: ([], []) for name in WAYS}}
for active in slots():
    time.sleep(SLOT * 0.6)
    for name, way in WAYS.items():
        try:
            noted[name][active].append(float(way()))
        except OSError:
            pass
print("looked at", len(WAYS), flush=True)
for name, (still, busy) in noted.items():
    if still and busy:
        if abs(np.median(busy) - np.median(still)) > 0.5:
            print("{HEARD}" + name, flush=True)
"""
