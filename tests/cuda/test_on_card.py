"""Answers judged on a real card: tensors there, shut off, and no harm from one to the next."""

import pytest
from support.text_blocks import block

from grader.course.loading import Course
from grader.course.locate import builtin_root
from grader.judge.processes.devices import disagreements
from grader.judge.reading.submission import read_bytes
from grader.judge.run import Judge, Options
from grader.wire.levels import FULL, KERNEL, NO_OPEN, OWN_CODE_ONLY
from tests.judge.conftest import Court

REFERENCE = block("""
    def double(x):
        return 2 * x
""")
CHECK = """
def test_{name}(student):
    x = np.full(3, {value})
    assert_close(student.double(tensor(x)), 2 * x)
"""
CHECKS = CHECK.format(name="one", value=1.0) + CHECK.format(name="two", value=2.0)
# At no-open no file is opened, and so no card.
OF_CARDS = [FULL, KERNEL, OWN_CODE_ONLY]


@pytest.fixture
def court(tmp_path):
    """An exercise whose function doubles a tensor on a card."""
    made = Court(tmp_path / "course")
    fields = {"libraries": ["numpy", "torch"], "devices": ["cpu", "sim", "cuda"]}
    made.exercise(CHECKS, reference=REFERENCE, **fields)
    return made


@pytest.mark.parametrize("level", OF_CARDS, ids=lambda level: level.label)
def test_a_right_answer_passes_on_the_card_however_far_it_is_shut_off(court, card, level):
    report = court.judge(REFERENCE, device="cuda", max_level=level)
    assert (report.status, report.reached, report.device) == ("graded", 2, "cuda"), (
        report.run.faults
    )
    assert report.run.card == card.name
    assert report.run.card_bytes > 0
    assert report.isolation.level == level


def test_a_process_that_is_started_afresh_has_the_card_too(court, monkeypatch):
    monkeypatch.setenv("GRADER_SPAWN", "1")
    assert court.judge(REFERENCE, device="cuda").reached == 2


def test_without_files_there_is_no_card(court):
    report = court.judge(REFERENCE, device="cuda", max_level=NO_OPEN)
    assert report.status == "ungraded"
    assert report.load.feedback[0].id == "system.cuda_level"


def test_arguments_are_on_the_card_and_results_are_required_there(court):
    said = court.judge(
        block("""
            def double(x):
                assert x.is_cuda
                return (2 * x).cpu()
        """),
        device="cuda",
    )
    assert {check.feedback[0].id for check in said.checks} == {"compare.device"}


def test_results_of_earlier_calls_are_not_found_in_free_memory(court):
    report = court.judge(
        block("""
            import torch

            seen = []


            def double(x):
                if seen:
                    return torch.empty_like(x)
                seen.append(1)
                return 2 * x
        """),
        device="cuda",
    )
    assert [check.status for check in report.checks] == ["passed", "failed"]
    assert report.checks[1].feedback[0].id.startswith("compare.nan")


def test_a_result_is_read_when_all_streams_are_done(court):
    report = court.judge(
        block("""
            import torch


            def double(x):
                stream = torch.cuda.Stream()
                with torch.cuda.stream(stream):
                    torch.cuda._sleep(10**8)
                    return 2 * x
        """),
        device="cuda",
    )
    assert report.reached == 2


def test_a_fault_of_the_card_costs_one_check(court):
    report = court.judge(
        block("""
            import torch


            def double(x):
                if float(x[0]) == 1:
                    x[torch.tensor([9], device=x.device)].sum().item()
                return 2 * x
        """),
        device="cuda",
    )
    assert [check.status for check in report.checks] == ["error", "passed"]
    assert report.checks[0].feedback[0].args["explained"] in {"index_on_card", "card"}


def test_too_much_memory_is_told_as_the_students(court):
    report = court.judge(
        block("""
            import torch


            def double(x):
                torch.empty(1 << 40, dtype=torch.uint8, device=x.device)
                return 2 * x
        """),
        device="cuda",
    )
    assert {check.status for check in report.checks} == {"memory"}


def test_all_points_of_ex42_are_within_reach_on_the_card_as_on_sim():
    exercise = Course(builtin_root()).exercise("ex42")
    reports = []
    for device in ("cuda", "sim"):
        with Judge(exercise, Options(device=device)) as judge:
            source = exercise.reference_source.encode()
            reports.append(judge.judge(read_bytes(source, "ex42.py", "code")))
    assert [report.reached for report in reports] == [25, 25]
    assert list(disagreements(*reports)) == []
