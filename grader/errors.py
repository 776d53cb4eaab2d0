"""The base class of the errors of the grader, for programs that use it as a library."""


class GraderError(Exception):
    """An error of the grader; ``except GraderError`` catches every one.

    What a submission catches is no subclass: it is Python's own (`grader.student.refusals`).
    """
