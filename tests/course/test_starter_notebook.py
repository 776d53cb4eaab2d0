"""The notebooks that `grader init --notebook` writes."""

import json

import nbformat
import pytest
from support.languages import LANGUAGES

from grader.course.loading import Course
from grader.course.locate import builtin_root
from grader.course.starter_notebook import starter_notebooks
from grader.judge.reading.marks import marked_for
from grader.judge.reading.notebook_cells import code_cells

COURSE = Course(builtin_root())
SECTIONS = COURSE.index.sections


def written(*names, lang="en"):
    return list(starter_notebooks(COURSE, names, lang, 7))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_each_section_has_a_valid_notebook_with_task_and_cell_of_each_exercise(lang):
    made = written(lang=lang)
    assert [name for name, _, _ in made] == [f"{section.id}.ipynb" for section in SECTIONS]
    for (_, exercises, text), section in zip(made, SECTIONS, strict=True):
        notebook = nbformat.reads(text, as_version=nbformat.NO_CONVERT)
        nbformat.validate(notebook)
        assert (notebook.nbformat, notebook.nbformat_minor) == (4, 5)
        assert notebook.metadata.kernelspec.name == "python3"
        assert notebook.metadata.language_info.name == "python"
        assert [exercise.name for exercise in exercises] == list(section.exercises)
        tasks = [cell.source for cell in notebook.cells if cell.cell_type == "markdown"][1:]
        for exercise, task in zip(exercises, tasks, strict=True):
            assert task.startswith(f"## {exercise.model.id} · ")
            assert exercise.prose(lang).prompt.strip() in task
        first, *answers = code_cells(json.loads(text))
        assert first == "%load_ext grader"
        assert list(map(marked_for, answers)) == [one.model.id for one in exercises]


def test_exercises_that_are_named_share_one_notebook_in_that_order():
    [(name, exercises, _)] = written("softmax", "ex14", "11")
    assert name == "ex11-ex14.ipynb"
    assert [one.model.id for one in exercises] == ["ex11", "ex14"]
    assert written("ex11")[0][0] == "ex11_softmax.ipynb"
    assert written("gradients")[0][0] == "gradients.ipynb"


def test_formulas_stay_as_jupyter_reads_them():
    [(_, _, text)] = written("ex11")
    task = nbformat.reads(text, as_version=4).cells[2].source
    assert "$" in task
    assert "\\sum" in task or "\\frac" in task


def test_questions_stand_in_the_task_and_their_names_in_the_cell():
    [(_, _, text)] = written("ex14")
    *_, task, cell = nbformat.reads(text, as_version=4).cells
    for question in COURSE.exercise("ex14").quiz.questions:
        assert f"\n{question.id}:" in cell.source
    assert "**1.** " in task.source
