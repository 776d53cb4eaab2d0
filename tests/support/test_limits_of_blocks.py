"""A block of a test that hangs fails, whether it computes without end or waits for nobody."""

import os

import pytest


def compute_without_end():
    while True:
        pass


def test_computing_without_end_fails(soon):
    with pytest.raises(pytest.fail.Exception, match=r"0\.05 CPU seconds"), soon(0.05):
        compute_without_end()


def test_waiting_without_end_fails(unblocked):
    reading, writing = os.pipe()
    with pytest.raises(pytest.fail.Exception, match=r"0\.05 seconds"), unblocked(0.05):
        os.read(reading, 1)
    os.close(reading)
    os.close(writing)


def test_what_ends_is_left_alone(soon, unblocked):
    with soon(), unblocked():
        ended = sum(range(10))
    assert ended == 45
