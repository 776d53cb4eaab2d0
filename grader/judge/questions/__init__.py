"""Quizzes and lines exercises in the judge: `grader.questions` scores them, as pytest items."""
