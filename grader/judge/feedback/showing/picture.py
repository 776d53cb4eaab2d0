"""The picture of a check: drawn by pictures.py from one of its calls."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.judge.feedback.observations.own import Wrong
from grader.judge.feedback.showing.call import Scene, telling
from grader.judge.processes.outcomes import Returned
from grader.pictures import Picture
from grader.report.models import Message, ShownPicture

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from grader.judge.checking.check_record import CheckRecord
    from grader.judge.checking.evaluation import Evaluation
    from grader.judge.checking.function_namespace import RecordedCall


def pictured(
    id_: str, record: CheckRecord, evaluation: Evaluation, *, wrong: bool
) -> ShownPicture | None:
    """Return the picture of a check: of the wrong call, or of its first one.

    None if that call did not return, or the exercise has no picture of its result. Exceptions of
    the author's function propagate.

    Raises:
        TypeError: the author's function returns no picture.

    """
    calls = record.calls
    scene = Scene(evaluation.model, evaluation.exercise_context.replay)
    recorded = telling(calls, record.looked_at, scene) if wrong else next(iter(calls), None)
    if recorded is None:
        return None
    right = evaluation.exercise_context.replay("", recorded.call)
    made = made_of(evaluation.exercise_context.pictures[id_], recorded, right)
    if made is None:
        return None
    caption = Message(id=f"exercise.{id_}", args=dict(made.args))
    return ShownPicture(id=id_, caption=caption, drawing=made.drawing)


def made_of(make: Callable[..., Any], recorded: RecordedCall, right: object) -> Picture | None:
    """Return the author's picture of copies of a call, its result and the right one."""
    if not isinstance(recorded.outcome, Returned) or not isinstance(right, Returned):
        return None
    own = Wrong(recorded.call, recorded.outcome.value, right.value).copied()
    made = make(own.call, own.got, own.right)
    if made is not None and not isinstance(made, Picture):
        raise TypeError(f"returns {type(made).__name__}, not a Picture")
    return made
