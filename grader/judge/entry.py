"""Plain pytest as the judge: ``pytest --submission FILE exercises/ex11_softmax``.

Does nothing without ``--submission``, since the plugin is loaded in every pytest run.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from grader.judge.run import Judge
    from grader.report.models import Report


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the judge's options."""
    group = parser.getgroup("grader", "judging a submission")
    devices = ("auto", "cpu", "sim", "cuda")
    group.addoption("--submission", metavar="FILE", help="judge this submission with the checks")
    group.addoption("--submission-seed", type=int, metavar="N", help="seed instead of the course's")
    group.addoption(
        "--submission-device", choices=devices, default="auto", help="where it computes"
    )
    group.addoption("--submission-report", metavar="FILE", help="write the JSON report here")


def pytest_configure(config: pytest.Config) -> None:
    """Set up the judge if a submission is given."""
    if config.getoption("--submission") is not None:
        config.pluginmanager.register(_Session(config), "grader-session")


class _Session:
    """One submission judged by the current pytest run."""

    def __init__(self, config: pytest.Config) -> None:
        from grader.course.loading import Course  # noqa: PLC0415 - only with a submission
        from grader.judge.processes.devices import device_for  # noqa: PLC0415
        from grader.judge.reading.submission import UnreadableSubmissionError, read  # noqa: PLC0415
        from grader.judge.run import Judge, Options  # noqa: PLC0415
        from grader.report.messages import sentence  # noqa: PLC0415

        folder = _exercise_folder(config)
        self.exercise = Course(folder.parents[1]).exercise(folder.name)
        path = Path(config.getoption("--submission"))
        try:
            kind, called = self.exercise.model.kind, self.exercise.is_called
            self.submission = read(path, kind, called=called)
        except UnreadableSubmissionError as error:
            text = sentence(error.id, error.arguments, "en")
            raise pytest.UsageError(f"{path}: {text}") from None
        device = device_for(self.exercise, config.getoption("--submission-device"))
        options = Options(device=device, seed=config.getoption("--submission-seed"))
        self.judge: Judge = Judge(self.exercise, options)
        self.config = config
        self.report: Report | None = None
        self.plugin, self.make_report = self.judge.for_pytest(self.submission)
        config.pluginmanager.register(self.plugin, "grader-judge")

    @pytest.hookimpl
    def pytest_sessionfinish(self) -> None:
        """Make the report."""
        from grader.report.localise import localise  # noqa: PLC0415

        self.report = localise(self.make_report(), self.exercise.course, "en")
        target = self.config.getoption("--submission-report")
        if target is not None:
            Path(target).write_text(self.report.model_dump_json(indent=2), encoding="utf-8")

    @pytest.hookimpl
    def pytest_terminal_summary(self, terminalreporter: Any) -> None:
        """Print the verdict below pytest's own summary."""
        if self.report is None:
            return
        terminalreporter.section("verdict")
        for check in self.report.checks:
            line = f"{check.id}: {check.status} {float(check.reached)}/{float(check.maximum)}"
            terminalreporter.line(line)
            for message in check.feedback:
                terminalreporter.line(f"    {message.text}")
        report = self.report
        total = f"{float(report.reached)} of {float(report.reachable)} points"
        terminalreporter.line(f"{report.status}: {total}")

    @pytest.hookimpl
    def pytest_unconfigure(self) -> None:
        """End all processes."""
        self.judge.close()


def _exercise_folder(config: pytest.Config) -> Path:
    for argument in config.args:
        path = Path(argument.split("::")[0]).resolve()
        folder = path if path.is_dir() else path.parent
        if (folder / "exercise.yaml").is_file():
            return folder
    raise pytest.UsageError("--submission needs the folder of an exercise, with an exercise.yaml")
