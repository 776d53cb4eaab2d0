"""Outputs: a table of all grades, and the files that learning systems import."""

from grader.batch.outputs.canvas import write_canvas
from grader.batch.outputs.final_rows import ExportResult, Kept, latest_attempts, with_overrides
from grader.batch.outputs.grades import write_grades
from grader.batch.outputs.gradescope import write_gradescope
from grader.batch.outputs.moodle import write_moodle
from grader.batch.outputs.prepare import Prepared, prepare
from grader.batch.outputs.rules import KEPT, ZEROED, Rules, worth

__all__ = [
    "KEPT",
    "ZEROED",
    "ExportResult",
    "Kept",
    "Prepared",
    "Rules",
    "latest_attempts",
    "prepare",
    "with_overrides",
    "worth",
    "write_canvas",
    "write_grades",
    "write_gradescope",
    "write_moodle",
]
