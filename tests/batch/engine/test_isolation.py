"""A machine that shuts code off too little is refused before anything is judged."""

import pytest

from grader.batch import isolation
from grader.batch.plan import BatchRunError
from grader.wire.levels import KERNEL, NO_OPEN


def test_the_level_of_the_machine_is_enough_or_refused(monkeypatch):
    monkeypatch.setattr(isolation, "_level", lambda: NO_OPEN)
    assert isolation.sufficient_level(NO_OPEN) == NO_OPEN
    with pytest.raises(BatchRunError) as refused:
        isolation.sufficient_level(KERNEL)
    assert refused.value.arguments == {"level": "no-open", "needed": "kernel"}
