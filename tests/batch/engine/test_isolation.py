"""A machine that shuts code off too little is refused before anything is judged."""

import pytest

from grader.batch.isolation import IsolationProbe
from grader.batch.plan import BatchRunError
from grader.wire.levels import KERNEL, NO_OPEN


def test_the_level_of_the_machine_is_enough_or_refused(monkeypatch):
    monkeypatch.setattr(IsolationProbe, "_level", lambda _: NO_OPEN)
    with IsolationProbe() as probe:
        assert probe.sufficient_level(NO_OPEN) == NO_OPEN
    with IsolationProbe() as probe, pytest.raises(BatchRunError) as refused:
        probe.sufficient_level(KERNEL)
    assert refused.value.arguments == {"level": "no-open", "needed": "kernel"}
