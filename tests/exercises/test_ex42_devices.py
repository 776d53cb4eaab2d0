"""What answers to ex42 are worth on a device, and what they are told of it there."""

from pathlib import Path

import pytest

from grader.course.loading import Course
from grader.judge.reading.submission import read
from grader.judge.run import Judge, Options

ROOT = Path(__file__).parents[2]
CASES = Path(__file__).with_name("devices") / "ex42"
SOLUTIONS = ROOT / "tests" / "solutions" / "ex42"
REACHABLE = {"cpu": 20, "sim": 25}
TRAFFIC, LOOP = "test_no_round_trips", "test_no_loop_over_samples"


def judged(device, folder):
    paths = sorted(folder.glob("*.py"))
    with Judge(Course(ROOT).exercise("ex42"), Options(device=device)) as judge:
        judgements = judge.judge_all(read(path, "code") for path in paths)
    return {path.stem: one.report for path, one in zip(paths, judgements, strict=True)}


@pytest.fixture(scope="module")
def on_sim():
    return judged("sim", CASES)


@pytest.fixture(scope="module")
def on_cpu():
    return judged("cpu", CASES)


def wrong(report):
    return {c.id: c for c in report.checks if c.status not in {"passed", "not_run"}}


def told(check):
    """Return what a check was told first, and the line that was quoted."""
    code = next((m.args["code"] for m in check.feedback if m.id == "where.code"), None)
    return check.misconception or check.feedback[0].id, code


@pytest.mark.slow
@pytest.mark.parametrize("device", REACHABLE)
def test_right_answers_have_every_point_of_a_device(device):
    for name, report in judged(device, SOLUTIONS).items():
        assert wrong(report) == {}, name
        assert report.reached == report.reachable == REACHABLE[device], name


SHOWN = {
    "loop": {
        TRAFFIC: ("traffic.synchronise", "y[int(d[i])] -= 1"),
        LOOP: ("traffic.loop", "for i in range(n):"),
    },
    "index_on_host": {TRAFFIC: ("traffic.to_device", "delta[torch.arange(n), d] -= 1")},
    "printed": {TRAFFIC: ("traffic.synchronise", "print(y.sum(dim=1))")},
    "asks_with_if": {TRAFFIC: ("host_round_trip_item", "if torch.isnan(y).any():")},
    "through_the_host": {
        TRAFFIC: (
            "host_round_trip_numpy",
            'W1, b1, W2, b2 = (params[name].cpu() for name in ("W1", "b1"…',
        )
    },
    "comprehension": {LOOP: ("traffic.work", "e = torch.exp(u - u.max())")},
}


@pytest.mark.parametrize("case", SHOWN)
def test_what_a_device_shows_is_told_with_its_line(on_sim, case):
    found = {id_: told(check) for id_, check in wrong(on_sim[case]).items()}
    assert found == SHOWN[case]
    assert on_sim[case].reached == 25 - 2 * len(found)
    assert on_sim[case].reachable == 25


@pytest.mark.parametrize("case", [*SHOWN, "in_numpy", "zeros_on_host"])
def test_on_the_cpu_such_answers_have_all_that_can_be_reached(on_cpu, case):
    report = on_cpu[case]
    assert report.reached == report.reachable == 20
    waiting = {check.id for check in report.checks if check.reason == "device"}
    assert waiting == {"test_stays_on_device", TRAFFIC, LOOP}


def test_numpy_is_refused_and_explained(on_sim):
    failed = wrong(on_sim["in_numpy"])
    assert {check.feedback[0].args["explained"] for check in failed.values()} == {"to_cpu"}
    assert all("(params[k].numpy() for k in" in told(check)[1] for check in failed.values())
    assert on_sim["in_numpy"].reached == 0


def test_a_tensor_of_the_host_is_refused_and_named_with_its_line(on_sim):
    line = "z1 = torch.maximum(u1, torch.zeros(u1.shape))"
    failed = wrong(on_sim["zeros_on_host"])
    assert {told(check) for check in failed.values()} == {("created_on_host", line)}


@pytest.mark.parametrize("device", REACHABLE)
@pytest.mark.parametrize(
    ("case", "misconception"),
    [("no_mean", "mean_missing"), ("no_relu", "relu_derivative_missing")],
)
def test_wrong_gradients_are_named_on_a_device_as_on_the_cpu(request, device, case, misconception):
    report = request.getfixturevalue(f"on_{device}")[case]
    assert {check.misconception for check in wrong(report).values()} == {misconception}
