"""The simulated accelerator in a student process, however far that is shut off."""

import pytest

from grader.wire.levels import LEVEL_NAMES, Level
from tests.judge.conftest import Court

pytest.importorskip("torch")

TRAINS = """
import copy
import io

import torch

def double(x):
    torch.manual_seed(0)
    net = torch.nn.LSTM(3, 4)
    optimiser = torch.optim.Adam(net.parameters(), lr=0.1)
    net.to(x.device)
    for _ in range(3):
        optimiser.zero_grad()
        with torch.autocast(x.device.type, dtype=torch.bfloat16):
            y, _ = net(torch.nn.functional.dropout(x, 0.1))
        y.float().pow(2).mean().backward()
        optimiser.step()
    kept = io.BytesIO()
    torch.save(net.state_dict(), kept)
    kept.seek(0)
    again = copy.deepcopy(net)
    again.load_state_dict(torch.load(kept))
    str(again.weight_ih_l0)
    return net.weight_ih_l0.grad
"""
MIXES = TRAINS.replace("net.to(x.device)", "pass")
CHECKS = """
def test_trains(student):
    assert student.double(tensor(np.ones((2, 1, 3), dtype=np.float32))).shape == (16, 3)
"""


@pytest.fixture
def court(tmp_path):
    """An exercise whose function trains a network where its input is."""
    made = Court(tmp_path / "course")
    limits = {"cpu_seconds": 20, "budget_seconds": 60}  # the first optimiser imports much
    fields = {"libraries": ["numpy", "torch"], "devices": ["cpu", "sim"], "limits": limits}
    made.exercise(CHECKS, reference=TRAINS, **fields)
    return made


@pytest.mark.parametrize("level", Level, ids=LEVEL_NAMES)
def test_a_network_is_trained_at_every_level(court, level):
    report = court.judge(TRAINS, device="sim", max_level=level)
    assert (report.status, report.device) == ("graded", "sim")
    assert report.isolation.level == level
    assert report.reached == report.reachable, [check.feedback for check in report.checks]


def test_a_network_left_on_the_host_is_told_of(court):
    report = court.judge(MIXES, device="sim")
    assert report.reached == 0
    found = report.checks[0].feedback[0]
    assert found.args["explained"] == "devices"
