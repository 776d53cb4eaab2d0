"""The observer of answers to questions while they are scored."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from grader.judge.questions.quiz import QuizEvaluation


class QuizObserver:
    """An observer of evaluations whose methods do nothing."""

    def evaluated(self, evaluation: QuizEvaluation) -> None:
        """All questions of a submission have been scored."""


UNHEARD = QuizObserver()
