"""The rules of a class for the students of a gradebook, also under their merged ids."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.classroom.students import StudentsRules
from grader.gradebook.people import People

if TYPE_CHECKING:
    from collections.abc import Iterable

    from grader.classroom.rules import ClassRules
    from grader.gradebook.store import Store


def of_gradebook(
    store: Store, rules: ClassRules, more: Iterable[tuple[str, str]] = ()
) -> StudentsRules:
    """Return the rules of a class for the students of a gradebook.

    ``more``: ids and names of students whom it does not know yet.

    Raises:
        ClassFileError: a name is that of several students, or a student is in two teams.

    """
    with store.session() as session:
        others = People(session).counting
    known = {one.id: one.name for one in store.students()}
    known |= dict(more)
    counting = ((id_, name) for id_, name in known.items() if id_ not in others)
    return StudentsRules(rules, counting, others)
