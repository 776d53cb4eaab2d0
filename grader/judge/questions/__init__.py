"""Quizzes and listings: reading an answer file, scoring it, and what a key must be."""

from grader.judge.questions.answers import Answer, Answers, read_answers, unknown_questions
from grader.judge.questions.keys import KeyProblem, key_problems, mistaken_answers, right_answers
from grader.judge.questions.numbers import NumberError, read_number
from grader.judge.questions.score import points, score
from grader.judge.questions.scored import Feedback, Scored

__all__ = [
    "Answer",
    "Answers",
    "Feedback",
    "KeyProblem",
    "NumberError",
    "Scored",
    "key_problems",
    "mistaken_answers",
    "points",
    "read_answers",
    "read_number",
    "right_answers",
    "score",
    "unknown_questions",
]
