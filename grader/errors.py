"""The base of every error that the grader raises to whoever uses it as a library."""


class GraderError(Exception):
    """Something is wrong that the grader has a sentence for; ``except GraderError`` catches all.

    Errors that a submission meets look like Python's own (`grader.student.refusals`) and are none.
    """
