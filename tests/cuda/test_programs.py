"""A card and the simulated accelerator by the same programs.

What the card made of them is written where ``NN_GRADER_RECORD`` names a file: put into
tests/devices/seen/, it gets a column in docs/devices.md.
"""

import json
import os
from pathlib import Path

import pytest
from devices.programs import outcomes, programs

PROGRAMS = programs()


@pytest.fixture(scope="module")
def seen(card):
    """How each program ended on the card."""
    ended = dict(zip(PROGRAMS, outcomes("cuda", PROGRAMS, timeout=1200), strict=True))
    if "NN_GRADER_RECORD" in os.environ:
        rows = {p.what: {"kinds": o.kinds, "message": o.message} for p, o in ended.items()}
        record = {"name": card.name, "ended": rows}
        Path(os.environ["NN_GRADER_RECORD"]).write_text(json.dumps(record, indent=1), "utf-8")
    return ended


@pytest.mark.parametrize("program", PROGRAMS, ids=lambda program: program.what)
def test_the_card_does_what_is_expected_of_a_gpu(program, seen):
    assert seen[program].contradicts(program.refusal) == ""
