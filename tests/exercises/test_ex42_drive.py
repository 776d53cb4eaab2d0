"""What the drive of ex42 sees, on the CPU: the device checks themselves need sim or CUDA."""

import types
from pathlib import Path

import pytest
import torch

ROOT = Path(__file__).parents[2]
EXERCISE = ROOT / "exercises" / "ex42_backward_gpu"
ANSWERS = ROOT / "answers" / "ex42_backward_gpu"
NAMES = ("W1", "b1", "W2", "b2")


def module(file):
    return made(file.stem, file.read_text(encoding="utf-8"))


def made(name, source):
    found = types.ModuleType(name)
    exec(compile(source, f"{name}.py", "exec"), found.__dict__)  # noqa: S102
    return found


def misconception(name):
    return module(ANSWERS / "misconceptions" / f"{name}.py")


def arguments(n):
    """Draw x, d and params for a network of 4 inputs, 4 hidden neurons and 4 classes."""
    generator = torch.Generator().manual_seed(n)
    shapes = {"x": (n, 4), "W1": (4, 4), "b1": 4, "W2": (4, 4), "b2": 4}
    drawn = {name: torch.randn(shape, generator=generator) for name, shape in shapes.items()}
    return drawn.pop("x"), torch.arange(n) % 4, drawn


@pytest.fixture(scope="module")
def drive():
    return module(EXERCISE / "drive.py")


@pytest.fixture(scope="module")
def reference():
    return module(ANSWERS / "reference.py")


def test_autograd_agrees_with_the_reference(drive, reference):
    got = drive.autograd_gradients(reference, *arguments(8))
    expected = reference.backward(*arguments(8))
    assert list(got) == list(NAMES)
    for name in NAMES:
        torch.testing.assert_close(got[name], expected[name])


def test_autograd_leaves_the_parameters_alone(drive, reference):
    x, d, params = arguments(8)
    drive.autograd_gradients(reference, x, d, params)
    assert not any(value.requires_grad or value.grad is not None for value in params.values())


def test_places_names_devices_and_types(drive, reference):
    assert drive.places(reference, *arguments(8)) == dict.fromkeys(("x", *NAMES), "cpu")
    in_numpy = "def backward(x, d, params):\n    return {k: v.numpy() for k, v in params.items()}"
    places = drive.places(made("in_numpy", in_numpy), *arguments(8))
    assert places == {"x": "cpu"} | dict.fromkeys(NAMES, "ndarray")


@pytest.mark.parametrize(
    ("name", "seen"),
    [
        ("host_round_trip_item", ["item"]),
        ("host_round_trip_numpy", ["cpu", "numpy"]),
        ("returned_on_host", ["cpu"]),
    ],
)
def test_round_trips_are_seen(drive, name, seen):
    assert drive.round_trips(misconception(name), *arguments(8)) == seen


@pytest.mark.parametrize(
    ("statement", "seen"),
    [
        ("x.sum().item()", "item"),
        ("x.tolist()", "tolist"),
        ("x.detach().numpy()", "numpy"),
        ("__import__('numpy').asarray(x)", "array"),
        ("x.cpu()", "cpu"),
        ("x.to('cpu')", "to"),
        ("x.to(device='cpu', dtype=torch.float64)", "to"),
        ("float(x.sum())", "float"),
        ("int(d[0])", "int"),
        ("range(d[1])", "index"),
        ("1 if x.sum() > 0 else 0", "bool"),
        ("torch.equal(x, x)", "equal"),
        ("f'{x.sum()}'", "format"),
        ("torch.Tensor.item(x.sum())", "item"),
    ],
)
def test_every_way_to_the_host_has_a_name(drive, statement, seen):
    submission = made("one", f"import torch\ndef backward(x, d, params):\n    {statement}")
    assert drive.round_trips(submission, *arguments(8)) == [seen]


@pytest.mark.parametrize(
    "statement",
    [
        "x.to(x.device)",
        "x.to(torch.float64)",
        "len(x), x.shape[0], x.size(1), x.numel(), x.dtype",
        "torch.nn.functional.one_hot(d, num_classes=4)",
        "x[torch.arange(len(x), device=x.device), d]",
        "torch.where(x > 0, x, torch.tensor(0.0, device=x.device))",
        "torch.zeros(3, device=x.device)",
    ],
)
def test_work_on_the_device_is_no_round_trip(drive, statement):
    submission = made("one", f"import torch\ndef backward(x, d, params):\n    {statement}")
    assert drive.round_trips(submission, *arguments(8)) == []


def test_the_reference_makes_no_round_trip(drive, reference):
    assert drive.round_trips(reference, *arguments(8)) == []


def test_operations_of_the_reference_do_not_grow(drive, reference):
    few, many = (drive.operations(reference, *arguments(n)) for n in (8, 32))
    assert 0 < few == many


def test_operations_of_a_loop_grow(drive):
    loop = misconception("loop_over_samples")
    few, many = (drive.operations(loop, *arguments(n)) for n in (8, 32))
    assert many > 3 * few


@pytest.mark.parametrize(
    "name", ["host_round_trip_item", "host_round_trip_numpy", "loop_over_samples"]
)
def test_what_only_a_device_shows_is_right_on_the_cpu(drive, name):
    wrong = misconception(name)
    expected = drive.autograd_gradients(wrong, *arguments(8))
    got = wrong.backward(*arguments(8))
    for gradient in NAMES:
        torch.testing.assert_close(got[gradient], expected[gradient])
