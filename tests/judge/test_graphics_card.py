"""What the judge makes of a graphics card, on a card that is none."""

import pytest
from support.text_blocks import block

from grader.course.models import ExerciseLimits
from grader.judge.checking.exercise_context import ExerciseContext
from grader.judge.checking.function_namespace import ReferenceNamespace, StudentNamespace
from grader.judge.failures import CallFailedError, NotRunError
from grader.judge.feedback.exceptions import of_exception
from grader.judge.processes.interpreter import environment
from grader.judge.processes.outcomes import Crashed, OutOfMemory, Raised, Returned, is_fatal
from grader.judge.processes.sandboxed_program import (
    REFERENCE,
    FunctionCall,
    ProgramSource,
    SandboxedProgram,
)
from grader.judge.reading.submission import read_bytes
from grader.report.models import Report
from grader.report.view import view

STOPPED = Raised("AcceleratorError", "CUDA error: device-side assert triggered", 2, "card")
FULL = OutOfMemory(2048)
FOUND = Returned({"functions": {"f": {"fits": True}}})


class Fixed(SandboxedProgram):
    """A program all of whose calls end in one way."""

    def __init__(self, outcome, device="cuda"):
        program = ProgramSource("f.py", "", {"f": 1}, device=device)
        super().__init__(None, program, ExerciseLimits())
        self._outcome = outcome

    def load(self):
        return FOUND

    def begin_check(self, seed):
        pass

    def call(self, _call):
        return self._outcome


class Machine(ExerciseContext):
    """An exercise whose reference ends in one way."""

    def __init__(self, outcome):
        self._outcome = outcome

    def replay(self, name, _call):
        assert name == REFERENCE
        return self._outcome


@pytest.mark.parametrize("on_card", [True, False])
def test_a_card_that_stopped_and_a_full_one_cost_the_process(on_card):
    assert is_fatal(STOPPED, on_card=on_card)
    assert is_fatal(Crashed("SIGSEGV"), on_card=on_card)
    assert is_fatal(FULL, on_card=on_card) is on_card
    assert not is_fatal(Raised("ValueError", "no", 2), on_card=on_card)
    assert not is_fatal(Returned(1), on_card=on_card)


@pytest.mark.parametrize(("reference", "ends"), [(FULL, NotRunError), (FOUND, CallFailedError)])
def test_a_card_is_too_small_only_where_it_is_for_the_reference_too(reference, ends):
    exceeds_card = Machine(reference).exceeds_card
    student = StudentNamespace(Fixed(FULL), [], exceeds_card=exceeds_card)
    with pytest.raises(ends) as raised:
        student.f(1)
    if ends is NotRunError:
        assert (raised.value.reason, raised.value.finding.id) == ("device", "not_run.card_memory")


def test_a_submission_that_runs_out_elsewhere_has_run_out_by_itself():
    with pytest.raises(CallFailedError):
        StudentNamespace(Fixed(FULL, "cpu"), []).f(1)


def test_a_reference_that_runs_out_of_a_card_leaves_the_check_out():
    with pytest.raises(NotRunError):
        ReferenceNamespace(Fixed(FULL), {}).make(FunctionCall("call", "f", (1,), {}))


@pytest.mark.parametrize(
    ("detail", "explained"),
    [
        ("CUDA error: device-side assert triggered\nCUDA kernel errors might be", "index_on_card"),
        ("CUDA error: an illegal memory access was encountered", "card"),
    ],
)
def test_a_card_that_stopped_is_explained(detail, explained):
    submission = read_bytes(
        block("""
            def f(x):
                return x[9]
        """).encode(),
        "f.py",
        "code",
    )
    finding, *_ = of_exception(
        "call", Raised("AcceleratorError", detail, 2, "card"), submission, function="f"
    )
    assert finding.args["explained"] == explained


def test_only_where_answers_compute_on_a_card_one_can_be_seen(monkeypatch):
    monkeypatch.setenv("CUDA_VISIBLE_DEVICES", "1")
    assert environment("cpu")["CUDA_VISIBLE_DEVICES"] == ""
    assert environment("sim")["CUDA_VISIBLE_DEVICES"] == ""
    of_card = environment("cuda")
    assert of_card["CUDA_VISIBLE_DEVICES"] == "1"
    assert of_card["NVIDIA_TF32_OVERRIDE"] == "0"
    monkeypatch.delenv("CUDA_VISIBLE_DEVICES")
    assert "CUDA_VISIBLE_DEVICES" not in environment("cuda")


@pytest.mark.parametrize(
    ("device", "run", "said"),
    [
        ("cpu", {}, ()),
        ("sim", {}, ("Simulated: no graphics card took part",)),
        ("cuda", {"card": "A card"}, ("Computed on the graphics card A card.",)),
        ("cuda", {"card": "A card", "card_bytes": 3 << 19}, ("A card, with at most 2 MiB",)),
        ("sim", {"card": "A card"}, ("Simulated: no graphics card took part",)),
    ],
)
def test_a_report_says_on_what_was_computed_and_claims_no_card(device, run, said):
    exercise = {"id": "ex42", "slug": "gpu", "kind": "code", "course": "nn"}
    report = Report.model_validate(
        {
            "exercise": exercise,
            "status": "graded",
            "reachable": 1,
            "maximum": 1,
            "device": device,
            "run": run,
        }
    )
    notes = view(report).notes
    assert len(notes) == len(said)
    assert all(part in note for part, note in zip(said, notes, strict=True))
    assert ("A card" in " ".join(notes)) is (device == "cuda")
