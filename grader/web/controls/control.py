"""The interface of a control: how a step of a question is answered in a form."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from starlette.datastructures import FormData

    from grader.asking.step import Step, Value


class Control(ABC):
    """The fields of one form of step; its macro of the same name draws them."""

    macro: ClassVar[str]
    """Its macro in controls.html."""

    @abstractmethod
    def read(self, step: Step, form: FormData, name: str) -> Value:
        """Return the value of the fields that begin with ``name``; empty for nothing."""


def text_of(form: FormData, name: str) -> str:
    """Return the text of one field, with line ends as in files; empty without one."""
    given = form.get(name)
    return given.replace("\r\n", "\n").replace("\r", "\n") if isinstance(given, str) else ""


def texts_of(form: FormData, name: str) -> tuple[str, ...]:
    """Return the values of all fields of a name that are texts."""
    return tuple(one for one in form.getlist(name) if isinstance(one, str))
