"""The judge as a pytest plugin.

Collects ``checks.py`` beside an exercise.yaml, gives checks their fixtures, and records how each of
them ended.

Theory of operation. pytest runs inside the judge's process, with a fixed configuration and none
of the working directory's (`pytest_run.py`). It collects the checks of an exercise once; the loop
then runs the same items again for each `Evaluation`, that is, for each submission. Shown checks
come first, hidden ones after them, in a fresh student process.

A check is the author's code and runs here; a submission's code never does. What a check calls as
`student.softmax(x)` is a proxy: the call is made in the student process, recorded, and returns
plain data or raises CallFailedError. `reference` is the same for the author's own answer.

How a check ended is recorded from the exception that left it, in `Evaluation.conclude`: an
assertion of ours is the student's mistake, an exception of the author's own code is not. Only a
call that returned is a pass; a skip, an xfail or any other outcome of pytest never counts as one.

Under plain pytest (`grader.judge.entry`) pytest's own loop runs the items, for one submission.
"""

from __future__ import annotations

import contextlib
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from grader.course.errors import CourseError
from grader.course.phrases import phrase
from grader.judge.checking.evaluation import quietly
from grader.judge.checking.observer import UNHEARD, EvaluationObserver
from grader.judge.checking.pytest_run import run_items
from grader.judge.failures import AuthorError
from grader.judge.feedback.check_metadata import note

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Iterator, Sequence

    import numpy as np

    from grader.course.models import CodeExercise
    from grader.judge.checking.evaluation import Evaluation
    from grader.judge.checking.function_namespace import ReferenceNamespace, StudentNamespace
    from grader.judge.reading.submission import Submission

CHECKS = "checks.py"
LINE = re.compile(r"\bline (\d+)")


class JudgePlugin:
    """Runs the checks of one exercise for evaluation after evaluation.

    ``only``: the checks to run, all if empty. ``evaluation``: the one that pytest's own loop runs.
    """

    def __init__(
        self,
        evaluations: Iterable[Evaluation] | None = None,
        observer: EvaluationObserver = UNHEARD,
        *,
        only: frozenset[str] = frozenset(),
        evaluation: Evaluation | None = None,
    ) -> None:
        self.evaluations = evaluations
        self.observer = observer
        self.only = only
        self.evaluation = evaluation
        self.broken: CourseError | None = None
        self._collected: list[pytest.Item] = []
        self._item: pytest.Item | None = None
        self._phases: dict[str, range] = {}
        self._makers: dict[str, dict[str, Callable[[], object]] | None] = {}  # by item

    # -- collection ---------------------------------------------------------------------------

    @pytest.hookimpl(tryfirst=True)
    def pytest_collect_file(
        self, file_path: Path, parent: pytest.Collector
    ) -> pytest.Collector | None:
        """Collect checks.py, whose name pytest ignores by default."""
        if parent.session.isinitpath(file_path):
            return None
        if file_path.name == CHECKS and (file_path.parent / "exercise.yaml").is_file():
            module: pytest.Module = pytest.Module.from_parent(parent, path=file_path)
            return module
        return None

    @pytest.hookimpl
    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """Record an author's error: the checks cannot be imported."""
        if report.failed:
            lines = [
                line[1:].strip() for line in report.longreprtext.splitlines() if line[:1] == "E"
            ]
            place = LINE.findall("\n".join(lines))
            line = int(place[-1]) if place else None
            what = lines[-1] if lines else phrase("it cannot be imported")
            file = Path(report.fspath)
            self.broken = CourseError(file, "", what, phrase("mend it"), line=line)

    @pytest.hookimpl
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Run shown checks first: hidden ones get a fresh student process afterwards."""
        items.sort(key=lambda item: visibility(item) != "shown")
        self._collected = list(items)
        if self.only:
            items[:] = [item for item in items if check_id(item) in self.only]

    @property
    def observations(self) -> dict[str, Callable[..., Any]]:
        """The functions of checks.py that are marked as observations, by name."""
        return self._marked("observation")

    @property
    def programs(self) -> dict[str, Callable[..., Any]]:
        """The functions of checks.py that write a run of the drive as a program, by name."""
        return self._marked("showing")

    def _marked(self, mark: str) -> dict[str, Callable[..., Any]]:
        modules = (getattr(item, "module", None) for item in self._collected)
        module = next(modules, None)
        functions = vars(module).items() if module is not None else ()
        return {name: value for name, value in functions if note(value, mark) is not None}

    def faults(self, model: CodeExercise) -> list[str]:
        """Return the errors of the collected checks, for their author."""
        found = {check_id(item): item for item in self._collected}
        missing = [
            f"checks.{name}: is listed in exercise.yaml and missing in checks.py"
            for name in model.checks
            if name not in found
        ]
        unlisted = [
            f"checks.{name}: is in checks.py and not listed in exercise.yaml"
            for name in found
            if name not in model.checks
        ]
        facts = self._differing_observations(model)
        return [*missing, *unlisted, *facts, *self._disagreements(found, model)]

    def _differing_observations(self, model: CodeExercise) -> Iterator[str]:
        marked = self.observations
        for name in model.observations:
            if name not in marked:
                yield f"checks.{name}: is listed in exercise.yaml and missing in checks.py"
        for name in marked:
            if name not in model.observations:
                yield f"checks.{name}: is in checks.py and not listed in exercise.yaml"

    @staticmethod
    def _disagreements(found: dict[str, pytest.Item], model: CodeExercise) -> Iterator[str]:
        for name, item in found.items():
            stated = note(_function(item), "points")
            listed = model.checks.get(name)
            if stated is not None and listed is not None and stated != listed.points:
                yield f"checks.{name}: @points({stated}), but exercise.yaml says {listed.points}"
            for other in needs(item):
                if other not in model.checks:
                    yield f"checks.{name}: needs {other}, which is not a check"

    # -- running ------------------------------------------------------------------------------

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool | None:
        """Run all items for each evaluation. Under plain pytest its own loop runs them."""
        if self.evaluations is None:
            return None
        ran = False
        self._phases = _phases(session.items)
        with quietly():
            for evaluation in self.evaluations:
                self.evaluation = evaluation
                try:
                    run_items(session.items, self._conclude, self._direct, again=ran)
                    ran = True
                    self.observer.evaluated(self, evaluation)
                finally:  # also when somebody has pressed Ctrl-C
                    evaluation.close()
        return True

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_setup(self, item: pytest.Item) -> None:
        """Skip a check that cannot be run, as ``not_run`` and never as a pass."""
        self._item = item
        evaluation = self._evaluation()
        if check_id(item) not in evaluation.model.checks:
            raise AuthorError(f"checks: {check_id(item)} is not listed in exercise.yaml")
        evaluation.record(check_id(item), visibility(item))
        self.observer.check_begun(check_id(item), visibility(item))
        evaluation.skip_if_not_runnable(check_id(item), needs(item))

    @pytest.hookimpl(tryfirst=True)
    def pytest_pyfunc_call(self, pyfuncitem: pytest.Function) -> bool:
        """Run the body of a check with the judge's clock."""
        wanted = pyfuncitem._fixtureinfo.argnames  # noqa: SLF001 - as pytest's own hook does
        arguments = {name: pyfuncitem.funcargs[name] for name in wanted}
        with quietly() if self.evaluations is None else contextlib.nullcontext():
            self._run(pyfuncitem, arguments)
        return True

    def _run(self, item: pytest.Function, arguments: dict[str, Any]) -> None:
        evaluation = self._evaluation()
        evaluation.places = self._phases.get(item.nodeid, ())
        evaluation.run(check_id(item), visibility(item), lambda: item.obj(**arguments))

    def _direct(self, item: pytest.Item) -> Callable[[], object] | None:
        """Return the call that runs a check without pytest; None if it has other fixtures."""
        if not isinstance(item, pytest.Function):
            return None
        if item.nodeid not in self._makers:
            self._makers[item.nodeid] = self._makers_of(item)
        makers = self._makers[item.nodeid]
        if makers is None:
            return None

        def run() -> None:
            self.pytest_runtest_setup(item)
            self._run(item, {name: make() for name, make in makers.items()})

        return run

    def _makers_of(self, item: pytest.Function) -> dict[str, Callable[[], object]] | None:
        """Return the maker of each argument of a check; None if one is not of this plugin."""
        info = item._fixtureinfo  # noqa: SLF001 - as above
        if set(info.initialnames) != set(info.argnames) or item.cls is not None:
            return None  # fixtures that it does not ask for, methods
        makers: dict[str, Callable[[], object]] = {}
        for name in info.argnames:
            function = info.name2fixturedefs[name][-1].func
            if getattr(function, "__self__", None) is not self:
                return None
            makers[name] = function
        return makers

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(
        self, item: pytest.Item, call: pytest.CallInfo[None]
    ) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        """Record, under plain pytest, how each phase of a check ended."""
        report = yield
        if call.when == "call" or call.excinfo is not None:
            self._conclude(item, None if call.excinfo is None else call.excinfo.value)
        return report

    def _conclude(self, item: pytest.Item, error: BaseException | None) -> None:
        """Record how a check ended. Only a completed call is a pass."""
        self._evaluation().conclude(check_id(item), error)

    def _evaluation(self) -> Evaluation:
        if self.evaluation is None:
            raise AuthorError("checks run only with a submission")
        return self.evaluation

    def _running(self) -> pytest.Item:
        assert self._item is not None  # noqa: S101 - fixtures are made for a check
        return self._item

    # -- fixtures -----------------------------------------------------------------------------

    # No fixture asks for `request`, which pytest makes anew for each that does.

    @pytest.fixture
    def student(self) -> StudentNamespace:
        """The submission: its functions as attributes, called in the student process."""
        item = self._running()
        return self._evaluation().student(check_id(item), visibility(item))

    @pytest.fixture
    def reference(self) -> ReferenceNamespace:
        """The reference: its functions as attributes, in float64 on upcast inputs."""
        return self._evaluation().reference()

    @pytest.fixture
    def rng(self) -> np.random.Generator:
        """A generator seeded from seed, exercise and check."""
        return self._evaluation().rng(check_id(self._running()))

    @pytest.fixture
    def device(self) -> str:
        """The device on which the submission computes."""
        return self._evaluation().exercise_context.device

    @pytest.fixture
    def data(self) -> dict[str, dict[str, np.ndarray]]:
        """The collections of arrays that the exercise names, by name; read-only."""
        return self._evaluation().exercise_context.data

    @pytest.fixture
    def submission(self) -> Submission:
        """The submission as text: ``source`` and ``tree``."""
        return self._evaluation().submission

    @pytest.fixture
    def remark(self) -> Callable[[str], None]:
        """Attach a remark to the check: a right answer that could be better."""
        record = self._evaluation().record(check_id(self._running()))

        def add(name: str) -> None:
            record.remarks.append(name)

        return add


def _function(item: pytest.Item) -> Callable[..., Any]:
    function: Callable[..., Any] = getattr(item, "function")  # noqa: B009 - not on pytest.Item
    return function


def check_id(item: pytest.Item) -> str:
    """Return the check of an item: its function, whatever its parameters."""
    return str(getattr(item, "originalname", item.name))


def visibility(item: pytest.Item) -> Any:
    """Return whether a check is shown, hidden or held back."""
    return note(_function(item), "visibility", "shown")


def _phases(items: Sequence[pytest.Item]) -> dict[str, range]:
    """Return, for each item, its place and those after it that share its student process."""
    shown = sum(visibility(item) == "shown" for item in items)
    ends = [shown if place < shown else len(items) for place in range(len(items))]
    return {item.nodeid: range(place, ends[place]) for place, item in enumerate(items)}


def needs(item: pytest.Item) -> tuple[str, ...]:
    """Return the checks that must pass before this one is run."""
    return tuple(note(_function(item), "needs", ()))
