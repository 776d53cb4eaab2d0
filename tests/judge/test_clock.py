"""The judge's clocks: CPU time of another process, and wall time as a backstop."""

import subprocess
import sys
import time

import pytest

from grader.judge.clock import WAITING_FACTOR, Allowance, cpu_seconds

BUSY = "print('on', flush=True)\nwhile True: pass"
IDLE = "import time; print('on', flush=True); time.sleep(60)"


@pytest.fixture
def other():
    """Start a process that runs a program; return it once it is under way."""
    started = []

    def start(program):
        process = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE)
        started.append(process)
        process.stdout.readline()
        return process

    yield start
    for process in started:
        process.kill()
        process.wait()
        process.stdout.close()


def until(condition, seconds=20):
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def test_computing_counts_and_sleeping_does_not(other):
    busy, idle = other(BUSY), other(IDLE)
    began = cpu_seconds(idle.pid)
    before = cpu_seconds(busy.pid)
    until(lambda: cpu_seconds(busy.pid) - before > 0.2)
    assert cpu_seconds(idle.pid) - began < 0.1


def test_the_clock_of_a_process_that_is_gone_cannot_be_read(other):
    process = other(IDLE)
    process.kill()
    process.wait()
    assert cpu_seconds(process.pid) is None


def test_an_allowance_runs_out_by_computing(other):
    process = other(BUSY)
    allowance = Allowance.starting_now(process.pid, 0.3)
    assert 0 < allowance.patience(process.pid) <= 0.3
    until(lambda: allowance.patience(process.pid) <= 0)
    assert allowance.used(process.pid) >= 0.3


def test_what_was_computed_before_does_not_count(other):
    process = other(BUSY)
    until(lambda: cpu_seconds(process.pid) > 0.2)
    assert Allowance.starting_now(process.pid, 1.0).used(process.pid) < 0.2


def test_an_allowance_runs_out_by_waiting_at_a_multiple_of_its_limit(other):
    process = other(IDLE)
    allowance = Allowance.starting_now(process.pid, 0.04)
    assert not allowance.waited()
    until(lambda: allowance.patience(process.pid) <= 0)
    assert allowance.waited()
    assert allowance.used(process.pid) < 0.04
    assert time.monotonic() >= allowance.wall_deadline


def test_time_that_the_judge_took_itself_is_given_back():
    allowance = Allowance(1.0, 0.0, time.monotonic() - 1)
    assert allowance.waited()
    allowance.pause(WAITING_FACTOR)
    assert not allowance.waited()


def test_an_allowance_on_a_process_that_is_gone_ends_by_the_wall_clock(other):
    process = other(IDLE)
    process.kill()
    process.wait()
    allowance = Allowance.starting_now(process.pid, 0.01)
    assert allowance.used(process.pid) == 0
    until(lambda: allowance.patience(process.pid) <= 0)
