"""Who does not fit because of the gradients is sent to the gradients first, and nobody else is."""

import pytest
from exercises.variants import ROOT, judged

FIRST, STAYS = "exercise.gradients_first", "exercise.loss_stays"


@pytest.mark.slow
def test_advice_on_a_loss_that_stays_is_about_its_reason():
    seen = set()
    for name, report in judged(ROOT / "tests" / "wrong" / "ex36", "cpu"):
        checks = {check.id: check for check in report.checks}
        wrong = checks["test_gradients"].status != "passed"
        for check in ("test_scaled", "test_other_ranges"):
            said = {message.id for message in checks[check].feedback} & {FIRST, STAYS}
            assert said <= {FIRST if wrong else STAYS}, (name, check)
            seen |= said
    assert seen == {FIRST, STAYS}
