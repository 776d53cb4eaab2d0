"""What is wrong with the rules of a class."""

from __future__ import annotations

from grader.course.errors import CourseError


class ClassFileError(CourseError):
    """A ``class.yaml`` cannot be used: file, field, problem, and advice for the teacher."""
