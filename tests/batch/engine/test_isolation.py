"""A machine that shuts code off too little is refused before anything is judged."""

import pytest

from grader.batch import isolation
from grader.batch.plan import BatchRunError


def test_the_level_of_the_machine_is_enough_or_refused(monkeypatch):
    monkeypatch.setattr(isolation, "_level", lambda: 1)
    assert isolation.sufficient_level("no-open") == 1
    with pytest.raises(BatchRunError) as refused:
        isolation.sufficient_level("kernel")
    assert refused.value.arguments == {"level": "no-open", "needed": "kernel"}
