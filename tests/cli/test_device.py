"""`--device`: where answers are graded, what is said of it, and two devices side by side."""

import json
from decimal import Decimal
from pathlib import Path

import pytest
from support.text_blocks import block

from grader.batch.result_cache import GradingEnvironment
from grader.cli.compare_devices import show_both
from grader.cli.context import Context
from grader.course.loading import Course
from grader.judge.processes.graphics_card import find_card
from grader.report.models import Report

ROOT = Path(__file__).resolve().parents[2]
TINY = ROOT / "tests" / "courses" / "tiny"
EX42 = ROOT / "answers" / "ex42_backward_gpu" / "reference.py"
DOUBLE = block("""
    def double(x):
        return 2 * x
""")


@pytest.fixture
def no_card():
    if find_card().usable:
        pytest.skip("there is a card here: tests/cuda/ says what becomes of it")


@pytest.fixture
def double(grader):
    file = grader.folder / "ex01.py"
    file.write_text(DOUBLE)
    return file


def test_by_itself_an_answer_is_graded_on_what_is_here(grader):
    pytest.importorskip("torch")
    done = grader.run("grade", "ex42", EX42, "--json")
    report = json.loads(done.stdout)
    assert done.returncode == 0, done.stdout
    assert report["device"] == ("cuda" if find_card().usable else "sim")
    assert (report["reached"], report["reachable"], report["maximum"]) == (25, 25, 25)


def test_on_the_simulated_accelerator_that_is_what_a_report_says(grader):
    pytest.importorskip("torch")
    done = grader.run("grade", "ex42", EX42, "--device", "sim")
    assert "Simulated: no graphics card took part." in done.stdout


def test_on_the_cpu_it_is_said_where_the_other_points_are(grader):
    pytest.importorskip("torch")
    done = grader.run("grade", "ex42", EX42, "--device", "cpu")
    assert done.returncode == 0
    assert "20 of 20 that can be reached here (25 in all)" in done.stdout
    assert "grade with `--device sim`" in " ".join(done.stdout.split())


@pytest.mark.usefixtures("no_card")
@pytest.mark.parametrize("device", ["cuda", "both"])
def test_without_a_card_cuda_is_refused_with_the_reason(grader, device):
    pytest.importorskip("torch")
    done = grader.run("grade", "ex42", EX42, "--device", device)
    assert done.returncode == 3
    assert "CUDA cannot compute here" in done.stdout
    assert "--device sim" in done.stdout
    assert "Traceback" not in done.stdout + done.stderr


@pytest.mark.parametrize("device", ["sim", "cuda", "both"])
def test_an_exercise_for_the_cpu_is_graded_there_and_that_is_said(grader, double, device):
    done = grader.run("grade", "ex01", double, "--device", device, "--course", TINY)
    assert done.returncode == 0
    wanted = "cuda" if device == "both" else device
    told = f"ex01 is graded on `cpu`, as it does not ask for `{wanted}`.\n"
    assert told in done.stderr


@pytest.mark.parametrize("device", ["auto", "cpu"])
def test_nothing_is_said_where_an_exercise_is_graded_as_was_asked(grader, double, device):
    done = grader.run("grade", "ex01", double, "--device", device, "--course", TINY)
    assert (done.returncode, done.stderr) == (0, "")


def test_a_class_is_graded_with_any_device_where_its_exercises_need_none(grader):
    folder = grader.folder / "handed" / "ada"
    folder.mkdir(parents=True)
    (folder / "ex01_double.py").write_text(DOUBLE)
    options = ("--course", TINY, "--out", grader.folder / "out", "--jobs", "1")
    done = grader.run("batch", folder.parent, "--device", "sim", *options)
    assert done.returncode == 0, done.stderr
    assert json.loads((grader.folder / "out" / "batch.json").read_text())["device"] == "sim"


@pytest.mark.usefixtures("no_card")
def test_a_class_on_a_card_that_is_not_here_is_refused_before_anything_is_judged(grader):
    pytest.importorskip("torch")
    folder = grader.folder / "handed" / "ada"
    folder.mkdir(parents=True)
    (folder / "ex42.py").write_text(EX42.read_text())
    done = grader.run("batch", folder.parent, "--device", "cuda", "--out", grader.folder / "out")
    assert done.returncode == 3
    assert "CUDA cannot compute here" in done.stderr
    assert not (grader.folder / "out").exists()


def test_results_of_one_device_are_none_of_another():
    exercise = Course(ROOT).exercise("ex42")
    keys = {
        GradingEnvironment.here(1, 3, one).key(exercise, "a.py", b"")
        for one in ("cpu", "sim", "cuda")
    }
    assert len(keys) == 3


# -- both -----------------------------------------------------------------------------------------


def report(device, *statuses):
    checks = [
        {
            "id": f"test_{number}",
            "title": f"Check {number}",
            "status": status,
            "maximum": 1,
            "reached": int(status == "passed"),
        }
        for number, status in enumerate(statuses)
    ]
    return Report.model_validate(
        {
            "exercise": {"id": "ex42", "slug": "gpu", "kind": "code", "course": "nn"},
            "status": "graded",
            "reached": statuses.count("passed"),
            "reachable": len(statuses),
            "maximum": len(statuses),
            "checks": checks,
            "device": device,
        }
    )


@pytest.fixture
def both(capsys):
    def shown(first, second, **options):
        context = Context("en")
        for name, value in options.items():
            setattr(context, name, value)
        code = show_both((first, second), context, everything=False)
        return code, capsys.readouterr().out

    return shown


def test_devices_that_agree_are_said_to(both):
    code, printed = both(report("cuda", "passed"), report("sim", "passed"), plain=True)
    assert code == 0
    assert printed.endswith("Both devices agree: cuda and sim.\n")
    assert printed.index("-- cuda --") < printed.index("-- sim --")


def test_devices_that_disagree_are_told_check_by_check(both):
    pair = report("cuda", "passed", "failed"), report("sim", "passed", "passed")
    code, printed = both(*pair, plain=True)
    assert code == 1
    assert printed.endswith("“Check 1” ends differently: cuda: FAIL, sim: PASS\n")


def test_programs_get_both_reports_and_what_differs(both):
    pair = report("cuda", "passed", "failed"), report("sim", "passed", "passed")
    _, printed = both(*pair, json=True)
    told = json.loads(printed)
    assert [one["device"] for one in told["reports"]] == ["cuda", "sim"]
    assert told["disagreements"] == [{"check": "test_1", "cuda": "failed", "sim": "passed"}]
    assert Decimal(told["reports"][0]["reached"]) == 1
