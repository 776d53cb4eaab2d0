"""The simulated accelerator takes and refuses what a GPU does."""

import pytest
from devices.page import page
from devices.programs import ROOT, outcomes, programs

pytest.importorskip("torch")

PROGRAMS = programs()


@pytest.fixture(scope="module")
def simulated():
    """How each program ended on the simulated accelerator."""
    ended = outcomes("sim", PROGRAMS)
    return dict(zip(PROGRAMS, ended, strict=True))


@pytest.mark.parametrize("program", PROGRAMS, ids=lambda program: program.what)
def test_ends_as_on_a_gpu(program, simulated):
    assert simulated[program].contradicts(program.simulated) == ""


def test_there_are_right_and_wrong_programs_of_every_group():
    groups = {program.group for program in PROGRAMS}
    right = {program.group for program in PROGRAMS if program.refusal is None}
    assert len(PROGRAMS) >= 60
    assert right == groups


def test_the_page_is_made_of_these_programs():
    assert (ROOT / "docs" / "devices.md").read_text(encoding="utf-8") == page(), (
        "run: python tests/devices/page.py > docs/devices.md"
    )
