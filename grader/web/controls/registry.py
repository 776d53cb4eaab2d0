"""The control of each form of step; a form without one is found by the types and by the tests."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.asking import step
from grader.web.controls.in_order import InOrderControl
from grader.web.controls.line import LineControl
from grader.web.controls.lines_of import LinesOfControl
from grader.web.controls.one_of import OneOfControl
from grader.web.controls.some_of import SomeOfControl
from grader.web.controls.text import TextControl

if TYPE_CHECKING:
    from grader.web.controls.control import Control

CONTROLS: dict[type[step.Step], Control] = {
    step.OneOf: OneOfControl(),
    step.SomeOf: SomeOfControl(),
    step.InOrder: InOrderControl(),
    step.LinesOf: LinesOfControl(),
    step.Line: LineControl(),
    step.Text: TextControl(),
}


def control_of(asked: step.Step) -> Control:
    """Return the control of a step."""
    return CONTROLS[type(asked)]
