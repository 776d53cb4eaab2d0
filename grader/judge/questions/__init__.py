"""Quizzes and lines exercises before the judge: what `grader.questions` scores, as pytest items."""
