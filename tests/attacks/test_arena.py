"""The place where hostile code runs holds it in, and what it does there is noticed."""

import sys
from pathlib import Path

import pytest
from arena.arena import Arena, ArenaEndedError
from arena.mounts import PRIVATE

LEAVES_TRACES = """
import ctypes, os, subprocess, sys
with open("left_behind", "w") as file:
    file.write("left behind")
os.truncate("honest.py", 0)
ctypes.CDLL(None).shmget(0x2222, 4096, 0o1600)
subprocess.Popen([sys.executable, "-c", "import time; time.sleep(20)"], start_new_session=True)
"""
SPEAKS = """
import socket
socket.create_connection(("192.0.2.1", 80)).send(b"to the server")
socket.socket(socket.AF_INET6, socket.SOCK_DGRAM).sendto(b"to the name server", ("::1", 53))
socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM).sendto(b"to the log", "/run/log")
print(socket.create_connection(("127.0.0.1", 22)).recv(100))
"""
HARM = """
import os, socket, sys
harm = []
for path in sys.argv[1:]:
    try:
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600))
        harm.append(path)
    except OSError:
        pass
try:
    socket.create_connection(("198.51.100.1", 80), 1)
    harm.append("network")
except OSError:
    pass
harm += [name for name in os.listdir("/proc") if name.isdecimal() and int(name) > 20]
harm += [name for name in os.listdir("/dev") if name in {"vda", "sda", "mem", "tty", "kmsg"}]
print(harm, open("/proc/self/uid_map").read().split())
"""
UNDO = """
import ctypes, os, sys
libc = ctypes.CDLL(None, use_errno=True)
for target in sys.argv[1:]:
    print(libc.mount(None, target.encode(), None, 4096 | 32 | 16384, None))  # remount, bind, rec
    print(libc.mount(None, target.encode(), None, 4096 | 32, None))
    print(libc.umount2(target.encode(), 2))
"""


def python(program, *arguments):
    return [sys.executable, "-c", program, *map(str, arguments)]


def test_what_is_left_is_noticed(arena):
    done, after = arena.run(python(LEAVES_TRACES), python(""))
    assert done["code"] == 0, done["printed"]
    assert done["changed"] == [
        f"{PRIVATE}/desk/honest.py",
        f"{PRIVATE}/desk/left_behind",
        "shm 8738 0",
    ]
    assert len(done["processes"]) == 1
    assert "time.sleep(20)" in done["processes"][0]
    assert after["changed"] == after["processes"] == []
    arena.close()


def test_what_is_said_is_noticed(arena):
    (done,) = arena.run(python(SPEAKS))
    assert done["stdout"] == "b'ATTACK-SUCCEEDED\\n'\n", done
    assert sorted(done["caught"]) == [
        ["TCP 22", ""],
        ["TCP 80", ""],
        ["TCP 80", "to the server"],
        ["UDP 53", "to the name server"],
        ["datagram '/run/log'", "to the log"],
    ]


@pytest.mark.parametrize("surroundings", ["root", "user", "container"])
def test_nothing_outside_can_be_harmed(arena, surroundings):
    place = arena if surroundings == "root" else Arena(surroundings)
    targets = ["/", str(Path(__file__).parents[2]), "/dev", "/etc"]
    files = [Path(__file__), Path.home() / "harm", "/etc/harm", "/dev/harm", "/dev/tty"]
    undone, done = place.run(python(UNDO, *targets), python(HARM, *files))
    assert set(undone["stdout"].split()) == {"-1"}
    harm, outside = done["stdout"].split("] [")
    assert harm == "[", done
    assert "'0', '4294967295'" not in outside
    if place is not arena:
        place.close()


def test_the_end_of_the_arena_is_noticed(arenas):
    arena = arenas.get()
    with pytest.raises(ArenaEndedError):
        arena.run(python("import os, signal; os.kill(os.getppid(), signal.SIGKILL)"))
    assert not arena.alive
    assert arenas.get().hello["level"] >= 0
