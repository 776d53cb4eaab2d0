"""What a students' kit holds in the place of answers: a file `sealed.json` beside each exercise."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from pydantic import Field

from grader.course.errors import CourseError
from grader.course.models import Identifier, Strict
from grader.course.phrases import phrase
from grader.course.yaml_files import read_text, validated

if TYPE_CHECKING:
    from pathlib import Path

FILE = "sealed.json"


class SealedQuestion(Strict):
    """What the key of one question says, readable with the answer that it speaks of alone.

    ``facts``: by the tag of a part of an answer, what the key says of that part, encrypted.
    ``public``: what is needed to put an answer into parts.
    """

    salt: str
    size: int = Field(ge=1, le=4096, description="bytes of each fact")
    facts: dict[str, str] = Field(default_factory=dict)
    public: dict[str, Any] = Field(default_factory=dict)


class Sealed(Strict):
    """What a kit holds in the place of the answers to one exercise.

    Of code: the names of the known wrong answers and of their variants, and for each the checks
    that it passes and fails. ``left_out`` and ``points`` count the checks that are not in the kit.
    """

    questions: dict[str, SealedQuestion] = Field(default_factory=dict)
    wrong: tuple[str, ...] = ()
    passes: dict[str, tuple[Identifier, ...]] = Field(default_factory=dict)
    fails: dict[str, tuple[Identifier, ...]] = Field(default_factory=dict)
    left_out: int = Field(0, ge=0)
    points: int = Field(0, ge=0)


def read_sealed(file: Path) -> Sealed:
    """Return the seals that a kit holds in the place of the answers to an exercise.

    Raises:
        CourseError: the file is missing or broken.

    """
    try:
        data = json.loads(read_text(file))
    except (ValueError, RecursionError):
        what = phrase("is no JSON")
        raise CourseError(file, "", what, phrase("unpack the kit again")) from None
    return validated(Sealed, data, file)


def sealed_results_name(device: str) -> str:
    """Return the name of the file with the results of the right and the known wrong answers."""
    return f"sealed_{device}.npz"
