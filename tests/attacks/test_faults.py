"""Time that an attack has taken is held against it, unless others had the processors."""

import pytest
from arena.faults import SECONDS_BEYOND_BUDGET, UNCOUNTED, _of_time, too_slow

BUDGET = 1
ALLOWED = BUDGET + SECONDS_BEYOND_BUDGET


@pytest.mark.parametrize(
    ("seconds", "stalled", "patient", "faulty"),
    [
        (ALLOWED - 0.5, 0.0, False, False),
        (ALLOWED + 0.5, 5.0, False, True),
        (ALLOWED + 0.5, 5.0, True, False),
        (ALLOWED + 0.5, 0.0, True, True),
        (ALLOWED + 0.5, None, False, True),
        (ALLOWED + 0.5, None, True, False),
        (UNCOUNTED * ALLOWED + 0.5, None, True, True),
    ],
)
def test_time_is_a_fault_where_nothing_excuses_it(seconds, stalled, patient, faulty):
    judged = {"budget": BUDGET, "seconds": seconds, "stalled": stalled}
    assert too_slow(list(_of_time(judged, patient=patient))) is faulty
