"""Looking through a submission costs the judge little, whatever its source."""

import os
import time
from pathlib import Path

import pytest
from support.text_blocks import block

from grader.judge.processes import source_inspector as module
from grader.judge.processes.source_inspector import SourceInspector

RIGHT = block("""
    def double(x):
        return 2 * x
""")
USES = block("""
    import numpy as np


    def double(x):
        return np.multiply(2, x)
""")
CHECK = block("""
    def test_one(student):
        student.double(1)
""")
HOSTILE = {
    "a flat list": "x = [" + "1," * 500_000 + "]\n",
    "a million names": "a\n" * 500_000,
    "deep brackets": "x = " + "(" * 150 + "1" + ")" * 150 + "\n",
    "deep attributes": "x = a" + ".b" * 50_000 + "\n",
    "a long sum": "x = 1" + "+1" * 100_000 + "\n",
    "minus signs": "x = " + "-" * 50_000 + "1\n",
    "many functions": "def f(): x.y(z)\n" * 60_000,
    "many imports": "import torch as t\n" * 50_000,
    "many aliases": "import torch as a\n" + "a = a\n" * 100_000 + "double = a.softmax\n",
    "dictionaries": "x = {" + "1: {}," * 150_000 + "}\n",
    "lambdas": "x = " + "lambda: " * 3_000 + "1\n",
    "nested functions": "".join(" " * i + f"def f{i}():\n" for i in range(90)) + " " * 90 + "1\n",
    "formatted texts": "x = f'" + "{a}" * 100_000 + "'\n",
}


@pytest.fixture
def looker(court):
    """A looker of an exercise in which nothing may be used."""
    court.exercise(
        CHECK,
        allowed=[],
    )
    with court.open() as judge:
        made = SourceInspector(judge.exercise)
        yield made
        made.close()


def test_what_is_not_allowed_is_seen_with_its_line(looker):
    looked = looker.look(USES)
    assert [(one.name, one.line) for one in looked.sightings] == [("numpy.multiply", 5)]
    assert looked.count == 1
    assert looked
    assert not looker.look(RIGHT)


def test_an_exercise_that_allows_everything_has_no_such_process(court):
    court.exercise(CHECK)
    with court.open() as judge:
        made = SourceInspector(judge.exercise)
        assert made._process is None
        assert not made.look(USES)


@pytest.mark.parametrize("source", HOSTILE.values(), ids=HOSTILE)
def test_no_source_costs_much(looker, source):
    looker.look(RIGHT)
    pid = looker._process.pid
    before = sum(os.times()[2:4])  # of children that have ended
    began = time.process_time()
    looked = looker.look(source)
    assert time.process_time() - began < 0.5
    looked_at_once = looker._process is not None and looker._process.pid == pid
    assert looked.unread or looked_at_once or looked.count or not looked
    used = _cpu_seconds(looker._process.pid) if looker._process else 0.0
    assert used + sum(os.times()[2:4]) - before < 3.0
    if looker._process is not None:
        assert _megabytes(looker._process.pid) < 80
    # and the next one is looked at as if nothing had been
    assert looker.look(USES).count == 1


def test_a_large_honest_source_is_read(looker):
    part = block("""
        def part{n}(x, y):
            '''Return the sum.'''
            z = [a + y for a in x if a > 0]
    """)
    source = RIGHT + "".join(part.format(n=n) + "    return sum(z)\n\n\n" for n in range(300))
    assert len(source) > 30_000
    assert not looker.look(source)


def test_a_process_that_is_gone_is_replaced(looker):
    looker.look(RIGHT)
    looker._process.kill()
    looker._process.wait()
    assert looker.look(USES).count == 1


def test_without_a_process_nothing_is_known(looker, monkeypatch):
    looker.close()
    monkeypatch.setattr(module.sys, "executable", "/nonexistent")
    looked = looker.look(RIGHT)
    assert looked.unread
    assert looked


def test_what_it_sees_is_told_in_part(looker):
    looked = looker.look(USES + "    np.multiply\n" * 3000)
    assert looked.count == 3001
    assert len(looked.sightings) < 300


def _cpu_seconds(pid):
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _megabytes(pid):
    lines = Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines()
    (line,) = [line for line in lines if line.startswith("VmHWM")]
    return int(line.split()[1]) / 1024
