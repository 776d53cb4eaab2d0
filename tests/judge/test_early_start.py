"""What is started before an exercise is loaded fits it, or is ended and replaced."""

import pytest

from grader.course.glance import needs_numpy_alone
from grader.course.loading import Course
from grader.course.models import CodeExercise
from grader.course.root import course_root
from grader.judge.processes import early_start
from grader.judge.processes.early_start import EarlyStart, numpy_options
from grader.judge.processes.student_processes import SandboxOptions
from grader.judge.run import Judge

COURSE = Course(course_root())
FITTING = numpy_options(COURSE.root)


class Opened:
    """A factory that only tells whether it was closed."""

    def __init__(self, options):
        self.options, self.closed = options, 0

    def close(self):
        self.closed += 1


@pytest.fixture
def opened(monkeypatch):
    made = []
    monkeypatch.setattr(
        early_start,
        "open_process_factory",
        lambda options: made.append(Opened(options)) or made[-1],
    )
    return made


@pytest.mark.parametrize("exercise", COURSE.exercises(), ids=lambda exercise: exercise.name)
def test_a_glance_sees_what_the_models_say(exercise):
    model = exercise.model
    plain = (
        isinstance(model, CodeExercise)
        and model.libraries == ("numpy",)
        and model.devices == ("cpu",)
        and not model.optimisers
    )
    assert needs_numpy_alone(COURSE.root, model.id.upper()) == plain
    assert needs_numpy_alone(COURSE.root, exercise.name) == plain


@pytest.mark.parametrize("name", ["ex99", "", "ex", "answer.py", "../ex11", "ex11_softmax.py"])
def test_what_names_no_exercise_needs_nothing_known(name):
    assert not needs_numpy_alone(COURSE.root, name)


def test_what_is_not_worth_it_is_not_started(opened):
    with EarlyStart(FITTING, start=False) as early:
        assert early.level() is None
    assert opened == []


def test_it_is_taken_once_where_it_fits(opened):
    with EarlyStart(FITTING, start=True) as early:
        assert [one.options for one in opened] == [FITTING]
        assert early.open(FITTING) is opened[0]
        assert early.open(FITTING) is opened[1]
    assert [one.closed for one in opened] == [0, 0]  # theirs who took them


def test_where_it_does_not_fit_another_is_started_and_it_is_ended(opened):
    with EarlyStart(FITTING, start=True) as early:
        assert early.open(SandboxOptions(("numpy", "torch"), (str(COURSE.root),))) is opened[1]
        assert [one.closed for one in opened] == [1, 0]  # at once: it holds memory
    assert [one.closed for one in opened] == [1, 0]


def test_an_error_ends_it(opened):
    with pytest.raises(ZeroDivisionError), EarlyStart(FITTING, start=True):
        raise ZeroDivisionError
    assert [one.closed for one in opened] == [1]


def test_the_judge_of_a_plain_exercise_takes_it():
    with (
        EarlyStart(FITTING, start=True) as early,
        Judge(COURSE.exercise("ex11"), opened=early.open) as judge,
    ):
        assert judge.factory is not None
        assert early.level() is None  # it was taken
        assert judge.factory.hello["isolation"]
