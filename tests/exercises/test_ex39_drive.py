"""What the drive of ex39 reports of a loss: its gradient, or why there is none."""

import types
from pathlib import Path

import pytest
import torch
from support.text_blocks import block

ROOT = Path(__file__).parents[2]
EXERCISE = ROOT / "exercises" / "ex39_torch_cross_entropy"
ANSWERS = ROOT / "answers" / "ex39_torch_cross_entropy"
RIGHT = "(torch.logsumexp(logits, dim=1) - logits[range(len(target)), target])"


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
            def cross_entropy(logits, target):
                return {result}"""),
    )


def arguments():
    generator = torch.Generator().manual_seed(0)
    return 3 * torch.randn(5, 4, generator=generator), torch.tensor([0, 3, 1, 2, 3])


@pytest.fixture(scope="module")
def drive():
    return module(EXERCISE / "drive.py")


@pytest.fixture(scope="module")
def reference():
    return module(ANSWERS / "reference.py")


def test_the_gradient_is_that_of_torch(drive, reference):
    logits, target = arguments()
    leaf = logits.clone().requires_grad_()
    torch.nn.functional.cross_entropy(leaf, target).backward()
    torch.testing.assert_close(drive.gradient(reference, logits, target)["grad"], leaf.grad)
    assert not logits.requires_grad


def test_the_gradient_goes_on_to_the_weights(drive, reference):
    _, target = arguments()
    x = torch.randn(5, 3, generator=torch.Generator().manual_seed(1))
    leaf = torch.ones(3, 4, requires_grad=True)
    torch.nn.functional.cross_entropy(x @ leaf, target).backward()
    got = drive.gradient_of_weights(reference, x, leaf.detach(), target)
    torch.testing.assert_close(got["grad"], leaf.grad)


@pytest.mark.parametrize(
    "result",
    [
        f"{RIGHT}.mean().item()",
        f"{RIGHT}.mean().detach()",
        f"{RIGHT}.mean().detach().numpy()",
        f"torch.tensor({RIGHT}.mean().item(), requires_grad=True)",
        "logits.detach().requires_grad_().logsumexp(1).mean()",
    ],
)
def test_a_graph_that_is_left_is_told(drive, result):
    assert drive.gradient(returning(result), *arguments()) == {"graph": False}


def test_several_losses_are_counted(drive):
    assert drive.gradient(returning(RIGHT), *arguments()) == {"losses": 5}


def test_nothing_stays_nothing(drive):
    assert drive.gradient(returning("None"), *arguments()) is None


@pytest.mark.parametrize("file", ["reference", "styles/leads", "styles/log_probabilities"])
def test_one_logarithm_is_none_too_many(drive, file):
    assert drive.vanishing_logarithms(module(ANSWERS / f"{file}.py"), *arguments()) == 0


def test_a_second_normalisation_is_seen(drive):
    twice = module(ANSWERS / "remarks" / "normalised_twice.py")
    assert drive.vanishing_logarithms(twice, *arguments()) == 1
