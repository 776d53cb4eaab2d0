"""Observers of the scoring of quizzes; silent by default."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from grader.judge.questions.quiz import QuizEvaluation


class QuizObserver:
    """An observer that ignores finished evaluations."""

    def evaluated(self, evaluation: QuizEvaluation) -> None:
        """Note that all questions of a submission have been scored."""


UNHEARD = QuizObserver()
