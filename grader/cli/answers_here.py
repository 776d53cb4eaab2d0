"""The file in the current folder that answers an exercise."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING

from grader.cli.choosing import is_untouched
from grader.cli.options import LocalisedUsageError
from grader.judge.reading.submission import find

if TYPE_CHECKING:
    from grader.cli.context import Context
    from grader.course.loading import LoadedExercise


def answer_here(
    context: Context, loaded: LoadedExercise, command: str, *, notebooks: bool = False
) -> Path | None:
    """Return the one file of this folder that is named like an answer, None if there is none.

    ``command``: what names one of several, for instance ``grade``. ``notebooks``: those with cells
    for the exercise count as well. Of several files those count in which something is begun.

    Raises:
        LocalisedUsageError: there are several.

    """
    model = loaded.model
    found = find(Path(), model.id, model.kind, loaded.is_called if notebooks else None)
    begun = [path for path in found if not is_untouched(path, loaded)] if len(found) > 1 else []
    candidates = begun or found
    if len(candidates) > 1:
        names = "\n".join(f"  {command} {model.id} {shlex.quote(str(path))}" for path in candidates)
        message = context.t("Several files answer {{exercise}}. Name one:", exercise=model.id)
        raise LocalisedUsageError(f"{message}\n{names}")
    return candidates[0] if candidates else None
