"""What exceeds a limit costs its check and no other, and the report names the limit.

Each bomb goes off in one check of ex11 (float32: one point of twenty), on one processor, on two
and on what looks like 64. No machine with 64 was at hand: there Python is told so, on both sides,
before anything is imported; the kernel and libraries written in C see the processors that are.
"""

import json
import os
import sys
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace

import pytest
from arena.arena import Arena, NoArenaError
from arena.faults import faults
from arena.mounts import PRIVATE
from support.text_blocks import block

from grader.report.models import Report
from grader.wire.levels import FULL, LEVEL_NAMES, NO_OPEN, Level

CHECK = "test_float32"
ALL_BUT_THAT = SimpleNamespace(honest=Decimal(19), status="graded")
# The points of what uses more than may be used wait.
WAITING = SimpleNamespace(honest=Decimal(0), status="needs_review")
SOURCE = """
import ctypes, mmap, os, posix, re, signal, sys, threading, time
import numpy as np

held = []


def bomb():
{body}


def softmax(x):
    if x.dtype == np.float32 and x.ndim == 1:
        bomb()
    e = np.exp(x - np.max(x, axis=-1, keepdims=True))
    return e / np.sum(e, axis=-1, keepdims=True)
"""
MANY = 64
MANY_PROCESSORS = f"""

import os

os.cpu_count = lambda: {MANY}
os.sched_getaffinity = lambda _pid: set(range({MANY}))
"""
MEASURED = """
import atexit, resource, runpy

# As an exit function: `grade` ends without unwinding to here.
atexit.register(lambda: print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss))
runpy.run_module("grader", run_name="__main__", alter_sys=True)
"""
MOST_MEGABYTES = 500


@dataclass(frozen=True)
class Bomb:
    """What a submission does in that check, how the check ends, and what names the limit."""

    name: str
    body: str
    status: str
    message: str
    limit: str
    needs: int = 0  # the lowest isolation level that stops it
    waits: bool = False  # it uses what is not among what may be used


REFUSED = ("error", "call.refused", "PermissionError")
MEMORY = ("memory", "call.memory", "2048")
TIME = ("timeout", "call.timeout", "0.18")
BOMBS = [
    Bomb("fork bomb", "for _ in range(200): posix.fork() or time.sleep(9)", *REFUSED, NO_OPEN),
    Bomb(
        "a fork bomb by its usual name",
        "for _ in range(200): os.fork() or time.sleep(9)",
        "error",
        "call.process",
        "subprocess",
        NO_OPEN,
    ),
    Bomb(
        "daemonised grandchildren",
        "for _ in range(20): posix.fork() or (os.setsid(), posix.fork(), time.sleep(9))",
        *REFUSED,
        NO_OPEN,
    ),
    Bomb("anonymous memory", "while len(held) < 64: held.append(np.zeros(8 << 20))", *MEMORY),
    Bomb(
        "mapped memory",
        "while len(held) < 64: held.append(mmap.mmap(-1, 64 << 20, mmap.MAP_PRIVATE))",
        *MEMORY,
    ),
    Bomb(
        "shared memory",
        "while len(held) < 64: held.append(mmap.mmap.__base__(-1, 64 << 20))",
        *REFUSED,
        NO_OPEN,
        waits=True,
    ),
    Bomb(
        "memory in a file of memory",
        "os.ftruncate(os.memfd_create('held'), 1 << 32)",
        *REFUSED,
        NO_OPEN,
    ),
    Bomb(
        "memory in a shared folder",
        "open('/dev/shm/held', 'wb').write(bytes(48 << 20))",
        "error",
        "call.refused",
        "/shm/held",
        NO_OPEN,
    ),
    Bomb(
        "an endless file",
        "f = open('endless', 'wb')\n    while f.tell() < 1 << 28: f.write(bytes(1 << 20))",
        "error",
        "call.refused",
        "File too large",
    ),
    Bomb(
        "a full disk",
        "for n in range(400): open(f'block{n}', 'wb').write(bytes(1 << 20))",
        "error",
        "call.refused",
        "No space left on device",
        FULL,
    ),
    Bomb(
        "descriptors",
        "while len(held) < 3000: held.append(os.open(os.devnull, os.O_RDONLY))",
        "error",
        "call.raised",
        "Too many open files",
    ),
    # Computing, too: a writer that only waits to be read uses no time.
    Bomb("an output flood", "while True: os.write(1, b'x' * 65536), sum(range(50_000))", *TIME),
    Bomb("an endless loop in C", "pow(3, 1 << 40)", *TIME),
    Bomb("an endless search in C", "re.fullmatch('(?:a|a)*b', 'a' * 60)", *TIME),
]


SLOWLY = [pytest.param(number, marks=pytest.mark.slow) for number in (1, MANY)]


@pytest.fixture(scope="module", params=[2, *SLOWLY])
def processors(request, arenas):
    """An arena that sees so many processors."""
    if request.param == MANY:
        yield arenas.get({"grader/__init__.py": MANY_PROCESSORS})
        return
    usable = os.sched_getaffinity(0)
    if len(usable) < request.param:
        pytest.skip(f"{len(usable)} processors here")
    os.sched_setaffinity(0, sorted(usable)[: request.param])
    try:
        arena = Arena()  # what it starts inherits them
    except NoArenaError as problem:
        pytest.skip(str(problem))
    finally:
        os.sched_setaffinity(0, usable)
    yield arena
    arena.close()


@pytest.mark.parametrize("bomb", BOMBS, ids=lambda bomb: bomb.name)
def test_a_limit_costs_its_check_and_is_named(bomb, processors):
    if processors.hello["level"] < bomb.needs:
        pytest.skip(f"stopped from level {LEVEL_NAMES[bomb.needs]}")
    source = SOURCE.format(body=f"    {bomb.body}")
    result = processors.judge("bomb.py", source, limits="short")
    if waited(result):  # on a busy machine: once more, as for attacks
        result = processors.judge("bomb.py", source, limits="short")
    assert faults(WAITING if bomb.waits else ALL_BUT_THAT, result) == []
    if not bomb.waits:
        assert unpassed(result).keys() == {CHECK}
    assert_named(bomb, CHECK, result)


def test_waiting_without_end_is_named(arena):
    bomb = Bomb(
        "waiting",
        "signal.pthread_sigmask(signal.SIG_BLOCK, range(1, 64)); threading.Event().wait()",
        "timeout",
        "call.waiting",
        "0.18",
    )
    result = arena.judge("bomb.py", SOURCE.format(body=f"    {bomb.body}"), limits="short")
    assert_named(bomb, CHECK, result)
    assert result["processes"] == result["changed"] == []


@pytest.mark.parametrize("name", ["own-code-only", "kernel"])
def test_a_scratch_folder_on_disk_is_watched(name, arena):
    level = Level.named(name)
    if arena.hello["level"] < level:
        pytest.skip(f"this machine's own level is {arena.hello['name']}")
    body = "for n in range(40): open(f'block{n}', 'wb').write(bytes(1 << 20))\n    time.sleep(0.1)"
    result = arena.judge("bomb.py", SOURCE.format(body=f"    {body}"), max_level=level)
    bomb = Bomb("a full disk", body, "error", "call.scratch_full", "16")
    assert faults(ALL_BUT_THAT, result) == []
    assert_named(bomb, CHECK, result)


def test_memory_of_torch_is_memory(arena):
    source = block("""
        import torch
        def backward(x, d, params):
            return torch.zeros(1 << 40)
    """)
    result = arena.judge("bomb.py", source, "ex42")
    bomb = Bomb("memory of torch", "", "memory", "call.memory", "2048")
    assert_named(bomb, "test_sizes", result)
    assert faults(SimpleNamespace(honest=Decimal(0), status="incomplete"), result) == []


def test_a_source_that_is_slow_to_parse_is_parsed_once(arena):
    # Python 3.11 looks for the places of an f-string from its start, for each of them.
    source = f"a = 1\nx = f'{'{a}' * 80_000}'\n"
    result = arena.judge("bomb.py", source, limits="short")
    assert faults(SimpleNamespace(honest=Decimal(0), status="graded"), result) == []


def test_an_answer_takes_no_more_of_the_judge_than_was_sent(arena):
    name = "resources_overlapping_arrays.py"
    attack = Path(__file__).with_name(name)
    command = ["--course", f"{PRIVATE}/course", "grade", "ex11", str(attack)]
    [done] = arena.run([sys.executable, "-P", "-c", MEASURED, *command])
    megabytes = int(done["stdout"].split()[-1]) >> 10
    assert megabytes < MOST_MEGABYTES


def unpassed(result):
    """Return the checks that did not pass, by name."""
    report = Report.model_validate(json.loads(result["attack"]["report"]))
    return {check.id: check for check in report.checks if check.status != "passed"}


def waited(result):
    """Tell whether a check ended for its wall time."""
    checks = unpassed(result).values()
    return any(said.id == "call.waiting" for check in checks for said in check.feedback)


def assert_named(bomb, name, result):
    """Check how a check ended, and that its limit is named in every language."""
    check = unpassed(result)[name]
    assert (check.status, check.feedback[0].id) == (bomb.status, bomb.message)
    assert bomb.limit in check.feedback[0].text
    for lang, text in result["attack"]["shown"].items():
        limit = bomb.limit if lang == "en" else bomb.limit.replace(".", ",")
        assert limit in " ".join(text.split())  # lines are broken anywhere
