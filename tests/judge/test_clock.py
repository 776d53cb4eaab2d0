"""The judge's clocks: CPU time of another process, and wall time as a backstop."""

import os
import subprocess
import sys
import time

import pytest
from support.text_blocks import block

from grader.judge.processes.clock import (
    SLEEPING_SHARE,
    WAITING_FACTOR,
    Allowance,
    Meter,
    cpu_seconds,
    pid_of_pidfd,
    runqueue_seconds,
)

BUSY = block("""
    print('on', flush=True)
    while True: pass""")
NOBODY = 2**30  # no process has such a number
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


def until(condition, seconds=300):
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
    allowance = Allowance.starting_now(process.pid, 30.0)
    assert 0 < allowance.next_poll(process.pid) <= 30.0
    allowance = Allowance.starting_now(process.pid, 0.3)
    assert allowance.next_poll(process.pid) <= 0.3
    allowance.pause(100)  # on a busy machine as well
    until(lambda: allowance.next_poll(process.pid) <= 0)
    assert allowance.used(process.pid) >= 0.3


def test_what_was_computed_before_does_not_count(other):
    process = other(BUSY)
    until(lambda: cpu_seconds(process.pid) > 0.2)
    assert Allowance.starting_now(process.pid, 1.0).used(process.pid) < 0.2


def test_an_allowance_runs_out_by_waiting_at_a_multiple_of_its_limit(other):
    process = other(IDLE)
    began = time.monotonic()
    allowance = Allowance.starting_now(process.pid, 0.04)
    assert allowance.wall_deadline - began >= WAITING_FACTOR * 0.04
    until(lambda: allowance.next_poll(process.pid) <= 0)
    assert allowance.wall_expired()
    assert allowance.used(process.pid) < 0.04
    assert time.monotonic() >= allowance.wall_deadline


def test_an_allowance_may_have_more_wall_time_than_that_multiple():
    began = time.monotonic()
    short, long = (Allowance.starting_now(NOBODY, 1.0, at_least) for at_least in (3.0, 300.0))
    ended = time.monotonic()
    assert began <= short.wall_deadline - WAITING_FACTOR <= ended
    assert began <= long.wall_deadline - 300 <= ended
    assert short.cpu_limit == long.cpu_limit == 1.0


def test_time_that_the_judge_took_itself_is_given_back():
    allowance = Allowance(1.0, 0.0, time.monotonic() - 1)
    assert allowance.wall_expired()
    allowance.pause(WAITING_FACTOR)
    assert not allowance.wall_expired()


def test_what_the_judge_computes_for_a_process_counts_as_its_own():
    allowance = Allowance(1.0, 0.0, time.monotonic() + 100)
    allowance.charge(0.75)
    assert allowance.next_poll(NOBODY) == pytest.approx(0.25)


# -- what counts against the budget ---------------------------------------------------------------


def test_a_meter_counts_computing_from_its_start_and_keeps_its_last_reading(other):
    process = other(BUSY)
    until(lambda: cpu_seconds(process.pid) > 0.3)
    meter = Meter(process.pid)
    before, charged, after = meter.cpu(), meter.charge(), meter.cpu()
    assert before <= charged <= after
    until(lambda: meter.cpu() > 0.2)
    process.kill()
    meter.stop()
    process.wait()
    assert meter.charge() == meter.charge() == meter.cpu() > 0.2


def test_sleeping_counts_less(other):
    meter = Meter(other(IDLE).pid)
    meter.asking = 10.0
    assert meter.charge() == pytest.approx(10.0 * SLEEPING_SHARE, abs=0.1)


def test_waiting_for_a_processor_does_not_count(other):
    here = {min(os.sched_getaffinity(0))}
    crowd = [other(BUSY) for _ in range(4)]
    for process in crowd:
        os.sched_setaffinity(process.pid, here)
    began, meter = time.monotonic(), Meter(crowd[0].pid)
    until(lambda: runqueue_seconds(crowd[0].pid) > 1.5)
    meter.asking = time.monotonic() - began
    assert meter.charge() < meter.cpu() + 0.1


def test_computing_for_a_process_counts():
    meter = Meter(NOBODY)
    meter.answering = 2.0
    assert meter.charge() == 2.0


def test_an_allowance_on_a_process_that_is_gone_ends_by_the_wall_clock(other):
    process = other(IDLE)
    process.kill()
    process.wait()
    allowance = Allowance.starting_now(process.pid, 0.01)
    assert allowance.used(process.pid) == 0
    until(lambda: allowance.next_poll(process.pid) <= 0)


def test_a_process_is_known_by_a_descriptor_of_it(other):
    process = other(IDLE)
    descriptor = os.pidfd_open(process.pid)
    assert pid_of_pidfd(descriptor) == process.pid
    process.kill()
    process.wait()
    assert pid_of_pidfd(descriptor) == 0
    os.close(descriptor)
    assert pid_of_pidfd(descriptor) == 0


@pytest.mark.parametrize("number", [0, -1])
def test_a_process_that_is_none_has_no_clock(number):
    assert cpu_seconds(number) is None
