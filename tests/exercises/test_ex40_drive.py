"""What the drive of ex40 sees of a training, whatever the model and the loop are made of."""

import types
from pathlib import Path

import pytest
import torch
from torch import nn

ROOT = Path(__file__).parents[2]
DRIVE = ROOT / "exercises" / "ex40_first_mlp" / "drive.py"
STEP = "optimizer.zero_grad(); loss.backward(); optimizer.step()"


@pytest.fixture(scope="module")
def drive():
    """The drive as a module."""
    found = types.ModuleType("drive")
    exec(compile(DRIVE.read_text(encoding="utf-8"), "drive.py", "exec"), found.__dict__)  # noqa: S102
    return found


def submission(loss="cross_entropy(model(x), d)", step=STEP, layers="", batch=20):
    """Return a submission that trains for two epochs."""
    source = f"""
import torch
from torch import nn, tensor
from torch.nn.functional import *
from torch.nn.functional import one_hot

def build_model():
    return nn.Sequential(nn.Linear(64, 8), nn.ReLU(), nn.Linear(8, 10), {layers})

def train(model, images, labels):
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    for _ in range(2):
        for rows in torch.randperm(len(images)).split({batch}):
            x, d = images[rows], labels[rows]
            loss = {loss}
            {step}
    return [1.0, 0.5]
"""
    found = types.ModuleType("submission")
    exec(source, found.__dict__)  # noqa: S102
    return found


def samples(n=60):
    generator = torch.Generator().manual_seed(n)
    return torch.rand((n, 64), generator=generator), torch.arange(n) % 10, 5


@pytest.mark.parametrize(
    ("step", "share"),
    [
        (STEP, 0),
        ("loss.backward(); optimizer.step(); optimizer.zero_grad()", 0),
        ("model.zero_grad(set_to_none=False); loss.backward(); optimizer.step()", 0),
        ("[setattr(p, 'grad', None) for p in model.parameters()]; " + STEP[23:], 0),
        ("optimizer.zero_grad(); (loss / 2).backward(retain_graph=True); (loss / 2).backward()", 0),
        ("loss.backward(); optimizer.step()", 1),
    ],
)
def test_gradients_from_before_the_last_step_are_seen(drive, step, share):
    got = drive.old_gradients(submission(step=step), *samples())
    assert got == {"share": share, "some": []}


def test_gradients_that_are_kept_for_some_parameters_alone_are_seen(drive):
    step = "model[0].weight.grad = model[2].weight.grad = None; loss.backward(); optimizer.step()"
    got = drive.old_gradients(submission(step=step), *samples())
    assert got == {"share": 1, "some": ["0.bias", "2.bias"]}


@pytest.mark.parametrize(
    ("step", "loss", "true"),
    [
        (STEP, "cross_entropy(model(x), d)", "called followed backward reached stepped moved"),
        (STEP, "cross_entropy(build_model()(x), d)", "backward stepped empty"),
        (STEP, "tensor(cross_entropy(model(x), d).item(), requires_grad=True)", "cut"),
        ("pass", "cross_entropy(model(x), d)", "called followed"),
        ("loss.backward()", "cross_entropy(model(x), d)", "called followed backward reached"),
        (
            "loss.backward(); optimizer.zero_grad(); optimizer.step()",
            "cross_entropy(model(x), d)",
            "called followed backward reached stepped empty",
        ),
        (
            "loss.backward(); torch.optim.SGD(build_model().parameters(), lr=1).step()",
            "cross_entropy(model(x), d)",
            "called followed backward reached stepped foreign",
        ),
    ],
)
def test_what_keeps_a_model_from_moving_is_seen(drive, step, loss, true):
    got = drive.movement(submission(loss, step), *samples())["motion"]
    true = "called followed backward stepped empty" if true == "cut" else true
    assert [name for name, holds in got.items() if holds] == true.split()


def test_the_share_of_all_classes_in_a_label_is_seen(drive):
    logits = torch.randn((30, 10), generator=torch.Generator().manual_seed(1))
    labels = torch.arange(30) % 10
    for share in (0.0, 0.1, 0.5):
        found = drive.slope(
            lambda z, d, share=share: nn.functional.cross_entropy(z, d, label_smoothing=share),
            logits,
            labels,
        )
        assert drive.smoothed(found, logits, labels) == (share > 0)
    for name, loss in drive.LOSSES.items():
        assert not drive.smoothed(drive.slope(loss, logits, labels), logits, labels), name


def test_how_a_training_is_fed_is_told_with_its_predictions(drive):
    images, labels, seed = samples()
    got = drive.predictions(submission(), images, labels, images[:7], seed)
    assert (got["seen"], got["summed"], got["weights_alike"]) == (60, False, False)
    assert got["others"].tolist() == got["own"][:7].tolist()
    loss = "cross_entropy(model(x), d, reduction='sum')"
    assert drive.predictions(submission(loss), images, labels, images, seed)["summed"]


def test_weights_that_begin_as_one_number_are_seen(drive):
    assert drive.alike({"w": torch.ones(3, 4), "b": torch.arange(3.0)})
    assert not drive.alike({"w": torch.ones(3, 4), "v": torch.arange(4.0).reshape(2, 2)})
    assert not drive.alike({"b": torch.ones(3)})


@pytest.mark.parametrize(
    ("loss", "layers", "fits"),
    [
        ("cross_entropy(model(x), d)", "", "cross_entropy"),
        ("3 * cross_entropy(model.forward(x), one_hot(d, 10).float())", "", "cross_entropy"),
        ("nll_loss(model(x), d)", "nn.LogSoftmax(dim=1)", "cross_entropy"),
        ("cross_entropy(model(x), d)", "nn.LogSoftmax(dim=1)", "cross_entropy"),
        ("nll_loss(model(x).log(), d)", "nn.Softmax(dim=1)", "cross_entropy"),
        ("cross_entropy(model(x), d)", "nn.Softmax(dim=1)", "softmax_before_loss"),
        ("cross_entropy(softmax(model(x), 1), d)", "", "softmax_before_loss"),
        ("nll_loss(model(x), d)", "", "raw_logits"),
        ("nll_loss(softmax(model(x), 1), d)", "", "probabilities_for_logarithms"),
        ("mse_loss(model(x), one_hot(d, 10).float())", "", "squared_error"),
        ("-cross_entropy(model(x), d)", "", "uphill"),
        ("cross_entropy(model(x), labels[:len(x)])", "", "other_labels"),
        ("cross_entropy(model(x), d, label_smoothing=0.1)", "", "labels_smoothed"),
    ],
)
@pytest.mark.parametrize("batch", [20, 1])
def test_the_loss_is_known_by_its_gradient_at_the_logits(drive, loss, layers, fits, batch):
    got = drive.loss_fits(submission(loss, layers=layers, batch=batch), *samples())
    assert fits in got["fits"]
    assert fits == "cross_entropy" or "cross_entropy" not in got["fits"]


@pytest.mark.parametrize(
    ("layers", "sums", "negative", "beyond"),
    [
        ("", False, True, True),
        ("nn.LogSoftmax(dim=1)", False, True, True),
        ("nn.Softmax(dim=1)", True, False, False),
        ("nn.ReLU()", False, False, True),
        ("nn.Tanh()", False, True, False),
    ],
)
def test_what_stands_behind_the_last_layer_shows_in_the_outputs(
    drive, layers, sums, negative, beyond
):
    got = drive.outputs(submission(layers=layers), samples()[0], 5)
    assert got == {"sum_to_1": sums, "negative": negative, "beyond_1": beyond}


@pytest.mark.parametrize("last", [nn.Identity(), nn.Softmax(dim=1), nn.LogSoftmax(dim=1)])
@pytest.mark.parametrize(
    ("between", "straight"), [(nn.Identity(), 1), (nn.ReLU(), 0), (nn.Tanh(), 0), (nn.GELU(), 0)]
)
def test_only_layers_without_an_activation_are_straight(drive, between, straight, last):
    found = types.SimpleNamespace(
        build_model=lambda: nn.Sequential(nn.Linear(64, 50), between, nn.Linear(50, 10), last)
    )
    assert drive.straight(found, samples()[0], 5)["share"] == pytest.approx(straight, abs=0.1)


def test_a_training_leaves_torch_as_it_was(drive):
    before = torch.autograd.backward, nn.Sequential.forward
    drive.loss_fits(submission(), *samples())
    assert (torch.autograd.backward, nn.Sequential.forward) == before


def test_a_factor_is_one_number_or_none(drive):
    right = torch.tensor([[1.0, -2.0], [0.5, 3.0]])
    assert drive.factor(2 * right, right) == pytest.approx(2)
    assert drive.factor(right * torch.tensor([[1.0], [2.0]]), right) == 0


def test_labels_are_known_by_their_images(drive):
    images, labels, _ = samples()
    rows = torch.tensor([3, 1])
    assert drive.labels_of(images[rows], images, labels).tolist() == [3, 1]
    assert drive.labels_of(images[rows] / 2, images, labels) is None
