"""Conversations with students who answer late, twice, out of order, in part, wrongly or never.

The student is pretended: what it says lies in its sockets before the judge asks. A model knows
which outcome each request must have.
"""

import contextlib
from dataclasses import dataclass

import hypothesis.strategies as st
import numpy as np
import pytest
from hypothesis import settings
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule
from support import hostile, pretended

from grader.judge.processes.outcomes import (
    FATAL,
    Crashed,
    Malformed,
    OutOfMemory,
    Raised,
    Returned,
    TimedOut,
    TooLarge,
    TooManyCallbacks,
)
from grader.wire import frames
from grader.wire.errors import ClosedError

OUTCOMES = (*FATAL, OutOfMemory, Raised, Returned, TooLarge)
DESCRIPTION = {"type": "E", "detail": "d", "line": 3, "why": "raised", "module": None}
HONEST = {
    "done": ([0.5, []], Returned),
    "done, with changes": ([np.zeros(3), [[0, np.ones(2)]]], Returned),
    "raised": (DESCRIPTION, Raised),
    "raised, out of memory": (DESCRIPTION | {"why": "memory"}, OutOfMemory),
    "failed, too many bytes": ({"why": "too_many_bytes", "size": 5 << 20}, TooLarge),
    "failed, too many values": ({"why": "too_many_values", "size": 10**30}, TooLarge),
}
FORGED = {
    "done": [[0.5], None, [0.5, [[-1, 2]]], [0.5, 7], [0.5, [], {}]],
    "raised": [None, {}, DESCRIPTION | {"why": "passed"}, DESCRIPTION | {"line": "3"}],
    "failed": [None, {"why": "passed"}, {"why": "too_many_bytes", "size": "5"}],
    "passed": [[0.5, []]],
    "ask": [None, [5, [], {}], [-1, [], {}], [0, 1, {}], [0, [], []]],
}


def packed(*frame):
    return b"".join(map(bytes, frames.pack(*frame)))


@dataclass(frozen=True)
class Said:
    """A whole frame: its operation and id, and what it ends in when it is an answer that is due."""

    operation: str
    number: int
    means: type


class Student(RuleBasedStateMachine):
    """Says something, several times; then the judge asks, and must come to the right outcome."""

    @initialize(ends=st.sampled_from([0, 70, -9, -11, -24]))
    def begin(self, ends):
        self.student = pretended.Pretended(ends)
        self.talk = pretended.conversation(self.student)
        self.said = []
        self.ready = self.left = self.unsure = False
        self.asked = 0

    def say(self, operation, number, value, means):
        if self.student.say(packed(operation, number, value)):
            self.said.append(Said(operation, number, means))
        else:
            self.unsure = True

    @property
    def due(self):
        return self.talk.number + 1

    @precondition(lambda self: not self.left)
    @rule()
    def greet(self):
        self.say("ready", 0, None, Malformed)

    @precondition(lambda self: not self.left)
    @rule(kind=st.sampled_from(sorted(HONEST)), late=st.sampled_from([0, 0, 0, -1, 1, 2**62]))
    def answer(self, kind, late):
        value, means = HONEST[kind]
        self.say(kind.split(",")[0], self.due + late, value, means)

    @precondition(lambda self: not self.left)
    @rule(kind=st.sampled_from(sorted(FORGED)), data=st.data())
    def forge(self, kind, data):
        self.say(kind, self.due, data.draw(st.sampled_from(FORGED[kind])), Malformed)

    @precondition(lambda self: not self.left)
    @rule(times=st.integers(1, 7), number=st.integers(0, 1))
    def ask(self, times, number):
        for _ in range(times):
            self.say("ask", self.due, [number, [2.0], {}], type(None))

    @precondition(lambda self: not self.left)
    @rule(seed=st.integers(0, 2**32))
    def babble(self, seed):
        self.student.say(hostile.Hostile(seed).frames())
        self.unsure = True

    @precondition(lambda self: not self.left)
    @rule(kept=st.integers(1, 40))
    def stop_half_way(self, kept):
        self.student.say(packed("done", self.due, [0.5, []])[:kept])
        self.said.append(Said("half", 0, TimedOut))

    @precondition(lambda self: not self.left)
    @rule(text=st.binary(max_size=300), times=st.integers(1, 400))
    def print(self, text, times):
        with contextlib.suppress(BlockingIOError):
            for _ in range(times):
                self.student.printed.send(text)

    @precondition(lambda self: not self.left)
    @rule()
    def leave(self):
        self.student.leave()
        self.left = True

    @rule()
    def request(self):
        expected = self.expected()
        outcome = pretended.request(self.talk, callbacks=[lambda x: x * x, lambda _: 1 / 0])
        assert isinstance(outcome, OUTCOMES)
        if not self.unsure:
            assert type(outcome) is expected
        if isinstance(outcome, Crashed | TimedOut) and self.left:
            assert self.student.killed
        if isinstance(outcome, Returned):
            assert all(type(index) is int and index >= 0 for index in outcome.changed)
        self.check_what_was_heard()
        if isinstance(outcome, FATAL):
            self.end()
            self.begin(0)

    def expected(self):
        """Return what the request that comes next ends in, as the architecture has it."""
        asked = 0
        while self.said:
            one = self.said.pop(0)
            if one.operation == "half":
                self.unsure = self.unsure or bool(self.said)  # who knows what it swallows
                break
            if one.operation == "ready" and not self.ready:
                self.ready = True
                continue
            if one.number != self.due:
                return Malformed
            asked += one.operation == "ask"
            if asked > pretended.CALLBACKS:
                return TooManyCallbacks  # whatever the question is
            if one.means is not type(None):
                return one.means
        if not self.left:
            return TimedOut
        return TimedOut if self.student.finish == -24 else Crashed

    def check_what_was_heard(self):
        """Whatever was said to it, the judge itself speaks in whole and proper frames."""
        reader = hostile.stream.Reader(hostile.Fed(self.student.heard()))
        operations = []
        with contextlib.suppress(ClosedError):
            while True:
                header, _ = reader.receive()
                operations.append(header["op"])
                assert header["id"] == self.talk.number
        assert operations[0] == "call"
        assert set(operations[1:]) <= {"answer", "refuse"}
        assert len(operations) <= 1 + pretended.CALLBACKS

    def end(self):
        self.talk.close()
        assert len(self.talk.tail.kept) <= self.talk.tail.keep

    def teardown(self):
        if hasattr(self, "talk"):
            self.end()


Student.TestCase.settings = settings(stateful_step_count=25)
TestStudent = Student.TestCase


@pytest.mark.parametrize("seed", range(3))
def test_every_babble_ends_in_an_outcome(seed, soon):
    source = hostile.Hostile(seed)
    seen = set()
    with soon(60):
        for _ in range(1000):
            outcome = pretended.answered(source.frames())
            assert isinstance(outcome, OUTCOMES)
            seen.add(type(outcome))
    assert {Returned, Malformed, Crashed} <= seen
