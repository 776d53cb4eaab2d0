"""The version of the grader: the wheel is built with it, reports and stored results name it."""

__version__ = "0.2.0"
