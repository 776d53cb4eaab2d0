"""Identities: a student may have several ids, which a teacher has merged."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from grader.gradebook.models import Student

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


class People:
    """The ids that are merged into others at present."""

    def __init__(self, session: Session) -> None:
        merged = Student.merged_into.is_not(None)
        rows = session.execute(select(Student.id, Student.merged_into).where(merged))
        self._into = {id_: str(into) for id_, into in rows}

    def whose(self, id_: str) -> str:
        """Return the id under which a student's grades count."""
        while id_ in self._into:
            id_ = self._into[id_]
        return id_

    def ids(self, id_: str) -> list[str]:
        """Return all ids of the student with this one, beginning with the one that counts."""
        own = self.whose(id_)
        return [own, *(other for other in self._into if self.whose(other) == own)]

    @property
    def counting(self) -> dict[str, str]:
        """The id under which each merged one counts."""
        return {id_: self.whose(id_) for id_ in self._into}

    @property
    def others(self) -> list[str]:
        """The ids that are merged into another one."""
        return list(self._into)
