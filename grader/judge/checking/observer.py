"""Observers of judging; their methods do nothing unless overridden."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from grader.judge.checking.evaluation import Evaluation
    from grader.judge.checking.plugin import JudgePlugin


class JudgeObserver:
    """An observer of checks whose methods do nothing."""

    def check_begun(self, check: str, visibility: str) -> None:
        """A check begins; the name of one that is not shown is nobody's business."""


class EvaluationObserver(JudgeObserver):
    """An observer of checks and evaluations whose methods do nothing."""

    def evaluated(self, plugin: JudgePlugin, evaluation: Evaluation) -> None:
        """All checks of a submission have been run; it is closed afterwards."""


SILENT = JudgeObserver()
UNHEARD = EvaluationObserver()
