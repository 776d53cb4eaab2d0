"""One notebook in a folder: written, filled in, and handed in for each exercise in it."""

import json

import nbformat
import pytest
from support.kernels import RIGHT, WRONG
from support.text_blocks import block

IMPORTS = "import numpy as np\n"
ANSWERS = "loss_first: 1,140\nloss_second: -1.428\n"


class Notebook:
    """A notebook in the folder of the program, whose cells are filled in."""

    def __init__(self, grader, name):
        self.path = grader.folder / name

    def write(self, answers):
        notebook = nbformat.read(self.path, as_version=4)
        for cell in notebook.cells:
            exercise = cell.id.removesuffix("-answer")
            if cell.cell_type == "code" and exercise in answers:
                cell.source = f"%%grade {exercise}\n{answers[exercise]}"
        nbformat.write(notebook, self.path)


@pytest.fixture
def notebook(grader):
    done = grader.run("init", ".", "ex11", "ex13", "ex14", "--notebook")
    assert done.returncode == 0
    assert done.stdout.startswith("ex11-ex14.ipynb  written\n")
    assert done.stdout.endswith("Next:\n  jupyter lab ex11-ex14.ipynb\n")
    return Notebook(grader, "ex11-ex14.ipynb")


def lines(text):
    return [line.split()[:2] for line in text.splitlines() if line.split()[1:2] != []]


def test_what_is_not_begun_is_left_out_and_the_rest_is_graded(grader, notebook):
    assert "none is begun" in " ".join(grader.run("grade").stderr.split())
    notebook.write({"ex11": IMPORTS + RIGHT, "ex14": ANSWERS})
    done = grader.run("grade")
    assert lines(done.stdout)[:2] == [["PASS", "ex11"], ["FAIL", "ex14"]]
    assert "ex13" not in done.stdout


def test_each_exercise_is_graded_by_its_own_cell(grader, notebook):
    notebook.write(
        {
            "ex11": IMPORTS + RIGHT,
            "ex13": block("""
        def softmax(x):
            raise OSError
    """),
        }
    )
    done = grader.run("grade", "ex11")
    assert done.returncode == 0, done.stdout
    assert "Points: 20 of 20" in done.stdout
    done = grader.run("grade", "ex13")
    assert "OSError" not in done.stdout
    assert done.returncode == 1


def test_cells_are_counted_through_the_whole_notebook(grader, notebook):
    notebook.write(
        {
            "ex13": block("""
        def entropy(p):
            raise OSError
    """)
        }
    )
    done = grader.run("grade", "ex13")
    assert "cell 3, line 3" in " ".join(done.stdout.split())
    assert "raise OSError" in done.stdout


def test_a_quiz_is_read_from_its_cell(grader, notebook):
    notebook.write({"ex14": ANSWERS})
    done = grader.run("grade", "ex14")
    assert "The size of your number is right, its sign is not." in done.stdout
    assert "Points: 1 of 4" in done.stdout


def test_a_change_for_another_exercise_changes_nothing_for_this_one(grader, notebook):
    notebook.write({"ex11": IMPORTS + RIGHT})
    grader.run("grade")
    entropy = block("""
        def entropy(p):
            return 0
    """)
    notebook.write({"ex13": f"\n{IMPORTS}\n{entropy}"})
    done = grader.run("grade")
    assert lines(done.stdout)[0] == ["FAIL", "ex13"]
    assert "1 answer is as it was when last graded." in done.stdout


def test_the_notebook_alone_names_the_exercises_that_it_answers(grader, notebook):
    done = grader.run("grade", notebook.path.name)
    assert [line.strip() for line in done.stderr.splitlines() if line.startswith("  ")] == [
        f"grade {id_} ex11-ex14.ipynb" for id_ in ("ex11", "ex13", "ex14")
    ]


def test_a_starting_file_beside_it_does_not_matter_until_it_is_begun(grader, notebook):
    grader.run("init", ".", "ex11")
    notebook.write({"ex11": IMPORTS + RIGHT})
    assert grader.run("grade", "ex11").returncode == 0
    grader.write("ex11_softmax.py", IMPORTS + WRONG)
    done = grader.run("grade", "ex11")
    assert done.returncode == 2
    assert "Several files answer ex11." in done.stderr


def test_a_notebook_that_is_there_is_kept(grader, notebook):
    notebook.write({"ex11": IMPORTS + RIGHT})
    before = notebook.path.read_bytes()
    done = grader.run("init", ".", "ex11", "ex13", "ex14", "--notebook")
    assert "ex11-ex14.ipynb  kept: it was there already" in done.stdout
    assert notebook.path.read_bytes() == before


def test_files_that_are_given_come_with_it(grader):
    done = grader.run("init", ".", "gradients", "--notebook", "--json")
    assert {one["path"] for one in json.loads(done.stdout)} == {"gradients.ipynb", "functions.py"}


def test_what_is_neither_exercise_nor_section_is_a_sentence(grader):
    done = grader.run("init", ".", "gradient", "--notebook")
    assert done.returncode == 2
    assert "There is no exercise gradient." in done.stderr
    assert not list(grader.folder.iterdir())


def test_once_it_is_right_its_solution_is_shown(grader, notebook):
    notebook.write({"ex11": IMPORTS + RIGHT})
    assert grader.run("show", "ex11", "--solution").returncode == 0
