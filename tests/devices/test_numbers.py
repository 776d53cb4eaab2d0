"""The simulated accelerator computes what the host does, and keeps nothing alive."""

import json
import os
import subprocess
import sys
import textwrap

import pytest
from devices.programs import ROOT

pytest.importorskip("torch")

START = """
import copy, gc, json, resource, sys
import torch
from torch import nn
from torch.utils._python_dispatch import TorchDispatchMode
from grader.student import simulated

torch.set_num_threads(1)
simulated.install()

def there(values):
    return [v.to("sim") if torch.is_tensor(v) else v for v in values]

def gradients(function, inputs, parameters):
    leaves = [*parameters, *(x for x in inputs if torch.is_tensor(x) and x.requires_grad)]
    result = function(*inputs)
    result = result if torch.is_tensor(result) else result[0]
    result.sin().sum().backward()
    return [result, *(leaf.grad for leaf in leaves if leaf.grad is not None)]

def leaf(x):
    return x.detach().clone().requires_grad_(x.is_floating_point())
"""
MODULES = {
    "Linear": "nn.Linear(6, 4), x",
    "Conv1d": "nn.Conv1d(5, 4, 3, padding=1, groups=1), x",
    "Conv2d": "nn.Conv2d(1, 4, 3, stride=2, padding=1), image",
    "grouped Conv2d": "nn.Conv2d(2, 4, 3, groups=2), image.expand(2, 2, 8, 8)",
    "ConvTranspose2d": "nn.ConvTranspose2d(1, 2, 3), image",
    "BatchNorm1d": "nn.BatchNorm1d(5), x",
    "BatchNorm2d": "nn.BatchNorm2d(1), image",
    "LayerNorm": "nn.LayerNorm(6), x",
    "GroupNorm": "nn.GroupNorm(1, 5), x",
    "MaxPool2d": "nn.MaxPool2d(2), image",
    "AvgPool2d": "nn.AvgPool2d(2), image",
    "RNN": "nn.RNN(6, 4), x",
    "LSTM": "nn.LSTM(6, 4, num_layers=2, bidirectional=True), x",
    "LSTM without biases": "nn.LSTM(6, 4, bias=False), x",
    "LSTMCell": "nn.LSTMCell(6, 4), x[0]",
    "GRU": "nn.GRU(6, 4, num_layers=2), x",
    "GRU without biases": "nn.GRU(6, 4, bias=False), x",
    "MultiheadAttention": "nn.MultiheadAttention(6, 2), x, x, x",
    "TransformerEncoderLayer": "nn.TransformerEncoderLayer(6, 2, 8, dropout=0.0), x",
    "Embedding": "nn.Embedding(7, 3), labels",
    "Bilinear": "nn.Bilinear(6, 6, 3), x, x",
    "PReLU, GELU, Softplus": "nn.Sequential(nn.PReLU(), nn.GELU(), nn.Softplus()), x",
    "CrossEntropyLoss": "nn.CrossEntropyLoss(label_smoothing=0.1), x[0], labels",
    "NLLLoss": "nn.NLLLoss(), x[0].log_softmax(1), labels",
    "MSELoss": "nn.MSELoss(), x, x.detach().flip(0)",
    "BCEWithLogitsLoss": "nn.BCEWithLogitsLoss(), x, x.detach().sigmoid()",
    "KLDivLoss": "nn.KLDivLoss(reduction='batchmean'), x.log_softmax(1), x.detach().softmax(1)",
    "SmoothL1Loss": "nn.SmoothL1Loss(), x, x.detach().flip(0)",
    "HuberLoss": "nn.HuberLoss(), x, x.detach().flip(0)",
    "CosineEmbeddingLoss": "nn.CosineEmbeddingLoss(), x[0], x[1], torch.ones(5)",
}
OPTIMISERS = {
    "SGD": "lr=0.1, momentum=0.9, nesterov=True, weight_decay=0.1",
    "Adam": "lr=0.1, amsgrad=True",
    "AdamW": "lr=0.1, fused=True",
    "RMSprop": "lr=0.1, momentum=0.5",
    "Adagrad": "lr=0.1",
    "Adadelta": "lr=0.1",
    "NAdam": "lr=0.1",
}


def told(code):
    """Run code in a process that has the device; return what it writes as JSON."""
    done = subprocess.run(
        [sys.executable, "-P", "-W", "ignore", "-c", START + textwrap.dedent(code)],
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1"},
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.fixture(scope="module")
def of_modules():
    """The largest difference between host and device, relative, for each module."""
    cases = ", ".join(f"{name!r}: lambda: ({made})" for name, made in MODULES.items())
    return told(f"""
        torch.manual_seed(0)
        x = torch.randn(3, 5, 6, requires_grad=True)
        image = torch.randn(2, 1, 8, 8, requires_grad=True)
        labels = torch.tensor([0, 3, 5, 1, 2])
        told = {{}}
        for name, make in {{{cases}}}.items():
            module, *inputs = make()
            other = copy.deepcopy(module).to("sim")
            inputs = [leaf(v) for v in inputs]
            others = [leaf(v.to("sim")) for v in inputs]
            here = gradients(module, inputs, list(module.parameters()))
            away = gradients(other, others, list(other.parameters()))
            assert len(here) == len(away) and all(a.device.type == "sim" for a in away)
            told[name] = max(
                float((h - a.cpu()).abs().max() / h.abs().max().clamp(min=1e-12))
                for h, a in zip(here, away)
            )
        print(json.dumps(told))
    """)


@pytest.mark.parametrize("name", MODULES)
def test_results_and_gradients_are_those_of_the_host(name, of_modules):
    assert of_modules[name] < 1e-5


def test_optimisers_take_the_same_steps():
    cases = ", ".join(f"{name!r}: dict({given})" for name, given in OPTIMISERS.items())
    largest = told(f"""
        told = {{}}
        for name, given in {{{cases}}}.items():
            ends = []
            for device in ("cpu", "sim"):
                torch.manual_seed(0)
                net = nn.Sequential(nn.Linear(4, 8), nn.Tanh(), nn.Linear(8, 1))
                net.to(device)
                optimiser = getattr(torch.optim, name)(net.parameters(), **given)
                x = torch.randn(16, 4).to(device)
                for _ in range(5):
                    optimiser.zero_grad()
                    (net(x) - x.sum(1, keepdim=True)).pow(2).mean().backward()
                    optimiser.step()
                ends.append([p.detach().cpu() for p in net.parameters()])
            told[name] = max(float((a - b).abs().max()) for a, b in zip(*ends))
        print(json.dumps(told))
    """)
    assert set(largest) == set(OPTIMISERS)
    assert max(largest.values()) < 1e-5, largest


def test_many_steps_keep_nothing_alive():
    alive, megabytes = told("""
        w = nn.Parameter(torch.randn(512, 512, device="sim"))
        optimiser = torch.optim.SGD([w], lr=0.001, momentum=0.9)

        def step():
            optimiser.zero_grad()
            x = torch.randn(512, 512).to("sim")
            loss = (x @ w).relu().t()[1:].cpu().mean() + x.clone().add_(1).sum().item()
            loss.backward()
            optimiser.step()

        def tensors():
            gc.collect()
            return sum(type(o) in (torch.Tensor, nn.Parameter) for o in gc.get_objects())

        for _ in range(20):
            step()
        alive, most = tensors(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        for _ in range(200):  # each makes more than 5 MiB
            step()
        more = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - most
        print(json.dumps([tensors() - alive, more / 1024]))
    """)
    assert alive <= 0
    assert megabytes < 100


def test_a_mode_sees_what_a_program_does_there_also_in_the_threads_of_autograd():
    seen = told("""
        class Seen(TorchDispatchMode):
            def __init__(self):
                super().__init__()
                self.names = []
            def __torch_dispatch__(self, operator, types, given=(), named=None):
                self.names.append(str(operator))
                return operator(*given, **(named or {}))

        class Read(torch.autograd.Function):
            @staticmethod
            def forward(ctx, x):
                return x * 2
            @staticmethod
            def backward(ctx, g):
                g.sum().item()
                return g * 2

        x = torch.ones(3, device="sim", requires_grad=True)
        with Seen() as seen:
            y = Read.apply(x).sum()
            y.cpu()
            y.detach()[None].nonzero()
            x.detach()[x.detach() > 0]
            y.backward()
        print(json.dumps(seen.names))
    """)
    told_before = seen[: seen.index("aten.ones_like.default")]
    for name in ("aten._to_copy.default", "aten.nonzero.default", "aten.index.Tensor"):
        assert name in told_before
    in_backward = seen[len(told_before) :]
    assert "aten._local_scalar_dense.default" in in_backward


def test_the_host_draws_as_if_there_were_no_device():
    same = told("""
        torch.manual_seed(7)
        first = torch.rand(3)
        torch.manual_seed(7)
        nn.functional.dropout(torch.randn(3, device="sim"))
        torch.nn.functional.rrelu(torch.randn(3, device="sim"), training=True)
        print(json.dumps(torch.equal(torch.rand(3), first)))
    """)
    assert same
