"""Who is told what happens while answers to questions are scored."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from grader.judge.questions.quiz import QuizEvaluation


class QuizObserver:
    """Is told of each evaluation, and does nothing."""

    def evaluated(self, evaluation: QuizEvaluation) -> None:
        """All questions of a submission have been scored."""


UNHEARD = QuizObserver()
