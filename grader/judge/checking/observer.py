"""Observers of a running judge; silent by default."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from grader.judge.checking.evaluation import Evaluation
    from grader.judge.checking.plugin import JudgePlugin


class JudgeObserver:
    """An observer that ignores the beginning of each check."""

    def check_begun(self, check: str, visibility: str) -> None:
        """Note that a check begins; users see the names of shown checks only."""


class EvaluationObserver(JudgeObserver):
    """An observer that ignores finished evaluations as well."""

    def evaluated(self, plugin: JudgePlugin, evaluation: Evaluation) -> None:
        """Note that all checks of a submission have run; it is closed afterwards."""


SILENT = JudgeObserver()
UNHEARD = EvaluationObserver()
