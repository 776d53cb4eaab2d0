"""The version of the grader: reports and stored results name it."""

__version__ = "0.1.0"
