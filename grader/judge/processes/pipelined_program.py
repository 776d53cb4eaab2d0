"""A submission whose calls are sent ahead where they are known."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from grader.judge.processes.conversation import Tail
from grader.judge.processes.outcomes import Outcome, Returned
from grader.judge.processes.pipeline import Pipeline
from grader.judge.processes.sandboxed_program import FunctionCall, SandboxedProgram

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from grader.judge.processes.conversation import Conversation
    from grader.judge.processes.pipeline import ExpectedCall

    Known = Callable[[int], Sequence[ExpectedCall] | None]

LOOKAHEAD = 6
"""Checks whose calls are sent before they begin, as long as the submission has failed none: a check
that fails may make other calls than it does otherwise."""
REPEATABLE = 0.5
"""Share of the CPU seconds of one check up to which a process may have to be brought back to where
it was. Sleep counts as it is charged: what slept as it was loaded would sleep once more."""


class PipelinedProgram(SandboxedProgram):
    """A program that knows which calls are to come: see `Pipeline`.

    After a call that was not expected, a fresh process takes over where this one has made others,
    and for the rest of this program's life each call is sent when it is made.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.made: list[tuple[FunctionCall, int | None]] = []  # of the current check, with seeds
        self.differs = False  # the current check has made a call that was not expected
        self.left: int | None = (
            None  # the place of a check that has not made all it was expected to
        )
        self.cautious = False  # nothing is sent before its check begins
        self._places: Sequence[int] = ()  # of the current check and those after it
        self._known: Known = lambda _: None
        self._unsent = 0  # the place of the first check whose calls were not sent
        self._pipeline: Pipeline | None = None
        self._started_over = False
        self._log: list[tuple[FunctionCall, int | None]] = []  # of the live process
        self._settled = (0.0, 0.0)  # used and charged seconds at the last reply that was used
        self._begun = 0.0  # used seconds at the beginning of the check

    def expect(self, places: Sequence[int], known: Known) -> None:
        """Note that a check begins, by its place and those of the checks after it in this process.

        ``known`` returns the calls of a check; None if they are not known.
        """
        self._places = places
        self._known = known

    def begin_check(self, seed: int) -> None:
        """Start the clock of a check; its calls are noted."""
        super().begin_check(seed)
        self.made = []
        self.differs, self.left = False, None
        self._begun = self.cpu_used()

    def call(self, call: FunctionCall) -> Outcome:
        """Make a call and return its outcome, which may have been sent ahead."""
        seed = self._seed
        if self._places and not self.made:
            self._send_ahead()
        outcome: Outcome | None = self._from_pipeline(call)
        if outcome is None:
            outcome = super().call(call)
        self.made.append((call, seed))
        self._log.append((call, seed))
        return outcome

    def end(self) -> None:
        """End the process; what it has done unasked is not seen, and costs nothing."""
        pipeline, self._pipeline = self._pipeline, None
        super().end()
        if pipeline is not None:
            self._gone = self._settled

    def _start(self) -> Conversation:
        self._log = []
        return super()._start()

    def _send_ahead(self) -> None:
        """Send the calls of the check that begins, and those of the next ones."""
        if self._started_over or self._conversation is None:
            return
        if not isinstance(self.loaded, Returned):
            return
        if self._conversation.meter.charge() > REPEATABLE * self.limits.cpu_seconds:
            return
        group = self._places[0]
        self._unsent = max(self._unsent, group)
        for place in self._places[self._unsent - group : 1 if self.cautious else 1 + LOOKAHEAD]:
            calls = self._known(place)
            if calls is None:
                return
            if calls and self._pipeline is None:
                self._settled = self.cpu_used(), self.charged()
                self._pipeline = Pipeline(self._conversation, self.limits.cpu_seconds)
            if calls and self._pipeline is not None:
                if not self._pipeline.room_for(calls):
                    return
                self._pipeline.send(calls)
            self._unsent = place + 1

    def _from_pipeline(self, call: FunctionCall) -> Outcome | None:
        """Return the outcome of a call that was sent ahead; None: it must be made now."""
        pipeline = self._pipeline
        if pipeline is None:
            return None
        outcome = pipeline.take(self._places[0], call, self._seed)
        if outcome is not None:
            self._seed = None
            self._settled = self.cpu_used(), self.charged()
        else:
            self.differs, self.left = pipeline.differs, pipeline.left
        if pipeline.is_clean:
            pipeline.finish()
            self._pipeline = None
        elif outcome is None:
            self._start_over()
        return outcome

    def _start_over(self) -> None:
        """Bring a fresh process to where this one should be, unseen and free of charge."""
        self._started_over = True
        seed, log = self._seed, self._log
        used_before = self._settled[0] - self._begun
        self.end()
        kept, self.tail = self.tail, Tail()
        try:
            self.load()
            for call, its_seed in log:
                self._seed = its_seed
                super().call(call)
            self._drain()
        finally:
            self.tail = kept
        self._seed = seed
        if self._conversation is None:  # a call that has come back before does not come back now
            self._gone = self._settled
            return
        self._log = log
        self._conversation.tail = kept
        used, charged = self._settled
        meter = self._conversation.meter
        self._gone = used - meter.cpu(), charged - meter.charge()
        self._allowance = self._starting_now(self._conversation, self.limits.cpu_seconds)
        self._allowance.charge(used_before)
