"""Where an answer is judged: what is asked for, what the exercise lists, what is here."""

import sys
from pathlib import Path

import pytest

from grader.judge.failures import SystemFaultError
from grader.judge.processes import graphics_card as card_module
from grader.judge.processes.devices import Choice, Disagreement, choose, disagreements, here
from grader.judge.processes.graphics_card import Card, find_card, read, with_cuda
from grader.report.models import CheckResult

ALL = ("cpu", "sim", "cuda")
CARD = Card(name="A card", memory=1 << 34)
NONE = Card("card")


def unasked():
    raise AssertionError("no card decides anything here")


@pytest.mark.parametrize(
    ("listed", "wanted", "card", "devices"),
    [
        (ALL, "auto", CARD, ("cuda",)),
        (ALL, "auto", NONE, ("sim",)),
        (("cpu", "cuda"), "auto", NONE, ("cpu",)),
        (("cuda",), "auto", NONE, ("cuda",)),
        (ALL, "cpu", None, ("cpu",)),
        (ALL, "sim", None, ("sim",)),
        (ALL, "cuda", CARD, ("cuda",)),
        (ALL, "both", CARD, ("cuda", "sim")),
        (("cpu", "cuda"), "both", CARD, ("cuda", "cpu")),
    ],
)
def test_what_is_asked_for_and_listed_is_chosen(listed, wanted, card, devices):
    assert choose(listed, wanted, unasked if card is None else lambda: card) == Choice(devices)


@pytest.mark.parametrize("wanted", ["sim", "cuda", "both"])
def test_an_exercise_for_the_cpu_is_judged_there_whatever_is_asked_for(wanted):
    assert choose(("cpu",), wanted, unasked) == Choice(("cpu",), instead=True)


def test_in_place_of_a_device_that_is_not_listed_comes_the_best_one():
    assert choose(("sim", "cuda"), "cpu", lambda: NONE) == Choice(("sim",), instead=True)


@pytest.mark.parametrize("wanted", ["cuda", "both"])
@pytest.mark.parametrize(
    ("lacking", "told"),
    [
        ("build", "system.cuda_build"),
        ("card", "system.cuda_card"),
        ("driver", "system.cuda_driver"),
        ("torch", "system.torch"),
    ],
)
def test_cuda_that_does_not_compute_here_is_refused_with_the_reason(wanted, lacking, told):
    with pytest.raises(SystemFaultError) as raised:
        choose(ALL, wanted, lambda: Card(lacking, detail="The driver is too old.\nUpdate it."))
    assert raised.value.finding.id.startswith(told)
    assert raised.value.finding.args.get("detail", "The driver is too old") == (
        "The driver is too old"
    )


def test_what_is_proved_here_needs_no_device_that_is_not():
    assert here(ALL, lambda: NONE) == ["cpu", "sim"]
    assert here(ALL, lambda: CARD) == list(ALL)
    assert here(("cpu",), unasked) == ["cpu"]


# -- looking for a card ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "cuda"),
    [
        ("cuda: Optional[str] = '12.8'\nhip: Optional[str] = None\n", True),
        ("cuda: Optional[str] = None\nhip: Optional[str] = '6.4'\n", False),
        ("cuda = '11.8'\n", True),
        ("__version__ = '2.13.0'\n", False),
    ],
)
def test_torch_tells_in_a_file_how_it_was_built(source, cuda):
    assert with_cuda(source) is cuda


@pytest.fixture
def machine(monkeypatch, tmp_path):
    """Pretend a machine: how torch was built, whether the driver's nodes are there, its answer."""
    find_card.cache_clear()

    def pretend(version, nodes, said=""):
        file = tmp_path / "version.py"
        file.write_text(version)
        monkeypatch.setattr(card_module, "_version_file", lambda: file)
        monkeypatch.setattr(card_module, "NODES", (str(file),) if nodes else ())
        monkeypatch.setattr(card_module, "PROBE", f"print({said!r})")

    yield pretend
    find_card.cache_clear()


def test_a_build_for_the_cpu_looks_for_no_card(machine):
    machine("cuda = None", nodes=True, said='{"name": "A card", "memory": 1}')
    assert find_card().lacking == "build"


def test_without_the_nodes_of_a_driver_nothing_is_started(machine):
    machine("cuda = '12.8'", nodes=False, said='{"name": "A card", "memory": 1}')
    assert find_card().lacking == "card"


def test_a_process_of_its_own_tells_of_the_card(machine):
    machine("cuda = '12.8'", nodes=True, said='{"name": "A card", "memory": 17179869184}')
    assert find_card() == CARD


def test_a_process_that_cannot_compute_tells_why(machine):
    machine("cuda = '12.8'", nodes=True, said='{"error": "Found no NVIDIA driver on your system."}')
    assert find_card() == Card("driver", detail="Found no NVIDIA driver on your system.")


def test_a_process_that_ends_without_a_word_is_no_card(machine, monkeypatch):
    machine("cuda = '12.8'", nodes=True)
    monkeypatch.setattr(card_module, "PROBE", "raise SystemExit('CUDA error: unknown')")
    assert find_card() == Card("driver", detail="CUDA error: unknown")
    assert read("nonsense").lacking == "driver"


def test_the_judge_never_imports_torch_to_look_for_a_card():
    before = "torch" in sys.modules
    find_card.cache_clear()
    find_card()
    assert ("torch" in sys.modules) is before


def test_this_torch_tells_of_its_build():
    torch = pytest.importorskip("torch")
    source = (Path(torch.__file__).parent / "version.py").read_text(encoding="utf-8")
    assert with_cuda(source) is (torch.version.cuda is not None)


# -- both -----------------------------------------------------------------------------------------


def test_only_what_means_something_on_both_devices_can_disagree(report_with):
    first = report_with(("test_one", "passed", 1, None), ("test_far", "passed", 1, None))
    second = report_with(("test_one", "failed", 0, None), ("test_far", "not_run", 0, "device"))
    assert list(disagreements(first, second)) == [Disagreement("test_one", "passed", "failed")]
    assert list(disagreements(first, first)) == []


@pytest.fixture
def report_with():
    class Told:
        def __init__(self, *checks):
            self.checks = [
                CheckResult(id=id_, status=status, reached=reached, maximum=1, reason=reason)
                for id_, status, reached, reason in checks
            ]

    return Told
