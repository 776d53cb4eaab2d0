"""Names that identify a student twice, ``Ada One (aone)`` or ``s100_Ada One``: both must agree."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from grader.batch.names import ordered_name
from grader.batch.roster import AmbiguousStudentError

if TYPE_CHECKING:
    from grader.batch.roster import Roster

_BETWEEN = re.compile(r"[\s_,()\[\]]+")
# Words of a name that are compared: their pairs are tried.
_WORDS = 12


def student_id_in(text: str, listed: Roster | None) -> str:
    """Return the id of the student whose id and name a text contains, else the text."""
    if listed is None or listed.knows(text):
        return text
    words = [word for word in _BETWEEN.split(text) if word][:_WORDS]
    try:
        found = {student for word in words if (student := listed.find((word,))) is not None}
    except AmbiguousStudentError:
        return text
    student = found.pop() if len(found) == 1 else None
    within = set(ordered_name(" ".join(words)).split())
    named = student is not None and any(
        set(ordered_name(name).split()) <= within for name in listed.calls(student)
    )
    return student.id if student is not None and named else text
