"""What answers at once stays quick: nothing heavy is imported where nobody needs it."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from support.text_blocks import block

ROOT = Path(__file__).resolve().parents[2]
TINY = ROOT / "tests" / "courses" / "tiny"
HEAVY = {"matplotlib", "numpy", "torch"}
# Of the judge: what is of use only to answers that are not right, or to teachers.
OF_WRONG_ANSWERS = {"judge.diagnosis", "judge.same", "judge.newer", "cli.secret"}
# Runs the real program in a real process, and tells at its end what it has imported.
TOLD = """
import atexit, sys


def tell():
    names = {name if name.startswith("grader.") else name.split(".")[0] for name in sys.modules}
    with open(PLACE, "w", encoding="utf-8") as file:
        file.write(" ".join(sorted(names)))


atexit.register(tell)
from grader.cli.main import main

main()
"""


@pytest.fixture
def imported(tmp_path):
    """Run a command; return what it printed and what it imported.

    Of grader its modules, else the top-level ones.
    """

    def run(*arguments):
        place = tmp_path / "imported.txt"
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("GRADER_", "PYTEST_"))}
        program = TOLD.replace("PLACE", repr(str(place)))
        done = subprocess.run(
            [sys.executable, "-P", "-c", program, *map(str, arguments)],
            cwd=tmp_path,
            env=kept | {"GRADER_LANG": "en", "NO_COLOR": "1"},
            capture_output=True,
            text=True,
            check=False,
            timeout=300,
        )
        return done, set(place.read_text(encoding="utf-8").split())

    return run


@pytest.mark.parametrize(
    "command",
    [
        ["--help"],
        ["--version"],
        ["grade", "--help"],
        ["list"],
        ["list", "--json"],
        ["list", "--lang", "fr"],
        ["show", "ex11"],
        ["show", "ex11", "--lang", "ru"],
        ["show", "ex14"],
        ["show", "ex11", "--solution", "--teacher"],
        ["hint", "ex11"],
        ["nonsense"],
    ],
    ids=" ".join,
)
def test_looking_around_imports_neither_numpy_nor_torch_nor_pytest(imported, command):
    done, modules = imported(*command)
    assert done.stdout or done.stderr
    assert not modules & {*HEAVY, "pytest", "_pytest"}


@pytest.mark.parametrize("content", ["smallest: one\n", "smallest: [\n"])
def test_a_quiz_imports_neither_numpy_nor_torch(imported, grader, content):
    path = grader.write("ex02.yaml", content)
    done, modules = imported("grade", "ex02", path, "--course", TINY, "--json")
    assert json.loads(done.stdout)["exercise"]["id"] == "ex02"
    assert not modules & HEAVY


def test_a_numpy_exercise_loads_torch_nowhere(imported, grader):
    source = block("""
        import sys


        def double(x):
            print('torch' in sys.modules)
            return 2 * x
    """)
    path = grader.write("ex01.py", source)
    done, modules = imported("grade", "ex01", path, "--course", TINY, "--json")
    report = json.loads(done.stdout)
    assert done.returncode == 0
    assert set(report["output"]["text"].split()) == {"False"}
    assert "torch" not in report["run"]["versions"]
    assert "torch" not in modules
    assert "numpy" in modules


def test_a_right_answer_loads_nothing_of_what_explains_wrong_ones(imported, grader):
    known = {f"grader.{name}" for name in OF_WRONG_ANSWERS}
    right = grader.write(
        "ex01.py",
        block("""
            def double(x):
                return 2 * x
        """),
    )
    done, modules = imported("grade", "ex01", right, "--course", TINY)
    assert done.returncode == 0, done.stderr
    assert "grader.judge.checking.plugin" in modules
    assert not modules & known
    wrong = grader.write(
        "ex01.py",
        block("""
            def double(x):
                return 3 * x
        """),
    )
    done, modules = imported("grade", "ex01", wrong, "--course", TINY)
    assert done.returncode == 1, done.stderr
    assert "grader.judge.feedback.diagnosis" in modules


def test_the_judge_of_a_torch_exercise_does_not_import_torch_itself(imported, grader):
    stub = (ROOT / "exercises" / "ex42_backward_gpu" / "stub.py").read_text(encoding="utf-8")
    path = grader.write(
        "ex42.py",
        block("""
            import sys
            print('torch' in sys.modules)
        """)
        + stub,
    )
    done, modules = imported("grade", "ex42", path, "--json")
    report = json.loads(done.stdout)
    assert report["output"]["text"].startswith("True")
    assert "torch" in report["run"]["versions"]
    assert "torch" not in modules


def test_a_submission_that_does_not_exist_costs_no_numpy(imported):
    done, modules = imported("grade", "ex11", "nowhere.py", "--json")
    assert done.returncode == 2
    assert not modules & {*HEAVY, "pytest"}
