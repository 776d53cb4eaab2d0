"""Intake: a folder or a zip becomes files with owners and exercises."""

from grader.batch.intake.read_source import read_source

__all__ = ["read_source"]
