"""What the drive of ex38 reports of a sequence: states, gradients, or why there are none."""

import types
from pathlib import Path

import pytest
import torch
from support.text_blocks import block

ROOT = Path(__file__).parents[2]
EXERCISE = ROOT / "exercises" / "ex38_rnn_step"
ANSWERS = ROOT / "answers" / "ex38_rnn_step"


def made(name, source):
    found = types.ModuleType(name)
    exec(compile(source, f"{name}.py", "exec"), found.__dict__)  # noqa: S102
    return found


def module(file):
    return made(file.stem, file.read_text(encoding="utf-8"))


def returning(result):
    return made(
        "one",
        block(f"""
            import torch
            def rnn_step(x, prev_h, W_x, W_h):
                return {result}"""),
    )


def arguments(steps=4, n=3, inputs=2, neurons=5):
    """Draw a sequence and the weights."""
    generator = torch.Generator().manual_seed(0)
    xs = torch.randn(steps, n, inputs, generator=generator)
    weights = [torch.randn(neurons, k, generator=generator) for k in (inputs, neurons)]
    return xs, *(0.3 * weight for weight in weights)


def right_layer(of_input, of_state):
    """Return torch's own network with these weights."""
    layer = torch.nn.RNN(of_input.shape[1], len(of_input), bias=False)
    with torch.no_grad():
        layer.weight_ih_l0.copy_(of_input)
        layer.weight_hh_l0.copy_(of_state)
    return layer


@pytest.fixture(scope="module")
def drive():
    return module(EXERCISE / "drive.py")


@pytest.fixture(scope="module")
def reference():
    return module(ANSWERS / "reference.py")


def test_the_states_are_those_of_torch(drive, reference):
    xs, *weights = arguments()
    expected, _ = right_layer(*weights)(xs)
    torch.testing.assert_close(drive.states(reference, xs, *weights)["h"], expected.detach())


def test_the_gradients_are_those_of_torch(drive, reference):
    xs, *weights = arguments()
    c = torch.linspace(-1, 1, 15).reshape(3, 5)
    layer = right_layer(*weights)
    (layer(xs)[0][-1] * c).sum().backward()
    got = drive.gradients(reference, xs, *weights, c)
    torch.testing.assert_close(got["W_x"], layer.weight_ih_l0.grad)
    torch.testing.assert_close(got["W_h"], layer.weight_hh_l0.grad)
    assert not any(weight.requires_grad for weight in weights)


def test_the_gradients_reach_the_beginning(drive, reference):
    xs, *weights = arguments()
    h0, c = torch.zeros(3, 5), torch.ones(3, 5)
    got = drive.first_gradients(reference, xs, h0, *weights, c)
    assert got["xs"].shape == xs.shape
    assert (got["xs"][0] != 0).all()
    assert got["h0"].shape == h0.shape


def test_a_state_that_is_cut_off_loses_the_early_steps(drive):
    cut = module(ANSWERS / "misconceptions" / "history_detached.py")
    xs, *weights = arguments()
    got = drive.first_gradients(cut, xs, torch.zeros(3, 5), *weights, torch.ones(3, 5))
    assert "h0" not in got
    assert not got["xs"][:-1].any()


@pytest.mark.parametrize(
    ("result", "report"),
    [
        ("None", None),
        ("prev_h[0]", {"step": 1, "shape": "(5,)"}),
        ("torch.tanh(W_x @ x.T + W_h @ prev_h.T)", {"step": 1, "shape": "(5, 3)"}),
        ("(prev_h, prev_h)", {"step": 1, "type": "tuple"}),
        ("prev_h.numpy()", {"step": 1, "type": "ndarray"}),
    ],
)
def test_what_is_no_state_is_told(drive, result, report):
    assert drive.states(returning(result), *arguments()) == report
    assert drive.gradients(returning(result), *arguments(), torch.ones(3, 5)) == report


def test_weights_without_a_way_back_are_left_out(drive):
    c = torch.ones(3, 5)
    assert drive.gradients(returning("prev_h + 1"), *arguments(), c) == {}
    got = drive.gradients(returning("torch.tanh(x @ W_x.T)"), *arguments(), c)
    assert list(got) == ["W_x"]
