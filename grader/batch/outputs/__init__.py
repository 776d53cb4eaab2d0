"""Outputs: a table of all grades, and the files that learning systems import."""

from grader.batch.outputs.final_rows import ExportResult, Kept, latest_attempts, with_overrides
from grader.batch.outputs.grades import write_grades
from grader.batch.outputs.rules import KEPT, ZEROED, Rules, worth

__all__ = [
    "KEPT",
    "ZEROED",
    "ExportResult",
    "Kept",
    "Rules",
    "latest_attempts",
    "with_overrides",
    "worth",
    "write_grades",
]
