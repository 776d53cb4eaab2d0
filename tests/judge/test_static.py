"""Forbidden names are found under every ordinary spelling, and nothing else is."""

import ast

import pytest

from grader.judge.static import Sighting, sightings

FORBIDDEN = ("torch.softmax", "torch.nn.functional.softmax", ".backward")


def lines(source, forbidden=FORBIDDEN):
    return [(s.name, s.line) for s in sightings(ast.parse(source), forbidden)]


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("import torch\ntorch.softmax(x, 0)", "torch.softmax"),
        ("import torch as t\nt.softmax(x, 0)", "torch.softmax"),
        ("import torch as np\nnp.softmax(x)", "torch.softmax"),
        ("from torch import softmax\nsoftmax(x)", "torch.softmax"),
        ("from torch import softmax as s\ns(x)", "torch.softmax"),
        ("import torch\nf = torch.softmax", "torch.softmax"),
        ("import torch\ntorch.softmax.__call__.__call__.__call__(x)", "torch.softmax"),
        ("import torch.nn.functional\ntorch.softmax(x)", "torch.softmax"),
        ("import torch.nn.functional as F\nF.softmax(x)", "torch.nn.functional.softmax"),
        ("from torch.nn import functional\nfunctional.softmax(x)", "torch.nn.functional.softmax"),
        ("from torch import nn\nnn.functional.softmax(x)", "torch.nn.functional.softmax"),
        ("import torch\ntorch.nn.functional.softmax(x)", "torch.nn.functional.softmax"),
        ("import torch\nloss(x).backward()", ".backward"),
        ("import torch\nself.loss.backward(retain_graph=True)", ".backward"),
        ("import torch\ntorch.autograd.backward(x)", ".backward"),
    ],
)
def test_a_forbidden_name_is_found_with_its_line(source, name):
    assert lines(source) == [(name, 2)]


@pytest.mark.parametrize(
    "source",
    [
        "import torch\ntorch.exp(x)",
        "import torch\ntorch.softmax_stable(x)",
        "import torch\ntorch.special.softmax(x)",
        "def softmax(x):\n    return x\nsoftmax(1)",
        "from mine import softmax\nsoftmax(x)",
        "from .torch import softmax\nsoftmax(x)",
        "torch = Mine()\ntorch.softmax(x)",
        "import torch\nself.torch.softmax(x)",
        "import torch\n'torch.softmax(x)'  # torch.softmax(x)",
        "class Value:\n    def backward(self):\n        pass",
        "def backward(x):\n    pass\nbackward(1)",
        "import torch\nstep = model.backward",
        "import torch\nmodel.backward_pass()",
        "import torch.nn as torch\ntorch.softmax(x)",
    ],
)
def test_what_is_not_forbidden_is_not_found(source):
    assert lines(source) == []


def test_what_lies_below_a_forbidden_name_is_found():
    source = "import scipy.special\nscipy.special.softmax(x)\nimport os\nos.path"
    assert lines(source, ["scipy"]) == [("scipy", 2)]


def test_every_line_is_told_once_and_in_order():
    source = "import torch\nb = torch.softmax(torch.softmax(x))\na.backward()\ntorch.softmax(x)\n"
    assert lines(source) == [("torch.softmax", 2), (".backward", 3), ("torch.softmax", 4)]


def test_names_inside_functions_and_classes_are_found():
    source = (
        "class A:\n"
        "    def f(self):\n"
        "        import torch as t\n"
        "        return [t.softmax(x) for x in self]\n"
    )
    assert sightings(ast.parse(source), FORBIDDEN) == [Sighting("torch.softmax", 4)]
