"""Explanations of exceptions. Each follows its place: one of ``STOPS``, or of ``PLACES``."""

from __future__ import annotations

from grader.report.catalogue.explained_arrays import EXPLAINED_ARRAYS
from grader.report.catalogue.explained_python import EXPLAINED_PYTHON
from grader.report.catalogue.explained_syntax import EXPLAINED_SYNTAX
from grader.report.catalogue.explained_tensors import EXPLAINED_TENSORS
from grader.report.catalogue.template import Catalogue, sentences

STOPS: Catalogue = sentences(
    {
        "stop.line": "{{function}} stops in line {{line}}: {{rest}}",
        "stop.cell": "{{function}} stops in cell {{cell}}, line {{line}}: {{rest}}",
        "stop.file": "{{function}} stops in {{file}}, line {{line}}: {{rest}}",
        "stop.nowhere": "{{function}} stops: {{rest}}",
        # Follows the line number in any other sentence.
        "place.of_cell": "{{line}} of cell {{cell}}",
        "place.of_file": "{{line}} of {{file}}",
        "where.python": "Python says: {{said}}",
    }
)
EXPLAINED: Catalogue = {
    **EXPLAINED_SYNTAX,
    **EXPLAINED_PYTHON,
    **EXPLAINED_ARRAYS,
    **EXPLAINED_TENSORS,
}
