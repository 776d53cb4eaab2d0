"""Jobe's protocol, as far as CodeRunner speaks it: what a run asks for, and what it gets.

A question's template makes the "source code" of a run: JSON that names the exercise and holds the
answer. Seen in CodeRunner 5.9 and Jobe 2 (``RunSpecifier.php``, ``jobesandbox.php``).
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from grader.course.languages import LANGUAGES
from grader.jobe.errors import RefusedError

if TYPE_CHECKING:
    from collections.abc import Mapping

LANGUAGE, VERSION = "nngrader", "1.0"
BAD_REQUEST, NOT_FOUND = 400, 404
MOST_FILES = 50
_FILE_ID = re.compile(r"[0-9a-f]{32}")
T = TypeVar("T", bound=BaseModel)


class Outcome(IntEnum):
    """How a run ended. CodeRunner takes any other of Jobe's outcomes for a broken question."""

    SUCCESS = 15
    OVERLOAD = 21  # "disregarded without penalty", with a sentence of CodeRunner's own


class RunSpec(BaseModel):
    """The parts of Jobe's ``run_spec`` that mean something here; limits are the exercise's."""

    language_id: str
    sourcecode: str
    file_list: list[tuple[str, str] | tuple[str, str, bool]] = Field(
        default=[], max_length=MOST_FILES
    )


class Body(BaseModel):
    """The body of ``POST runs``."""

    run_spec: RunSpec


class FileBody(BaseModel):
    """The body of ``PUT files/ID``: the contents in base64."""

    file_contents: str


class Asked(BaseModel):
    """What the template of a question sends as source code."""

    model_config = ConfigDict(extra="forbid")

    exercise: str
    code: str
    lang: str = "en"
    student: str | int | None = None


@dataclass(frozen=True)
class Run:
    """An answer to be judged; ``files``: ids by name, of what is handed in beside it.

    ``student`` distinguishes the attempts of persons, where the question sends it.
    """

    exercise: str
    code: str
    lang: str
    student: str | None
    files: Mapping[str, str]


def read_run(body: bytes) -> Run:
    """Return the run that a request asks for.

    Raises:
        RefusedError: it asks for none, or in a way that is not understood.

    """
    spec = _parsed(Body, body, "the request").run_spec
    if spec.language_id.lower() != LANGUAGE:
        raise RefusedError(BAD_REQUEST, f"Only the language {LANGUAGE} is known here.")
    asked = _parsed(Asked, spec.sourcecode.encode(), "what the question's template sends")
    if asked.lang not in LANGUAGES:
        known = ", ".join(LANGUAGES)
        raise RefusedError(BAD_REQUEST, f"The question asks for a language other than {known}.")
    files = {one[1]: one[0].lower() for one in spec.file_list}
    if not all(map(_FILE_ID.fullmatch, files.values())):
        raise RefusedError(BAD_REQUEST, "The id of a file is the MD5 of its contents.")
    student = None if asked.student is None else str(asked.student)
    return Run(asked.exercise, asked.code, asked.lang, student, files)


def read_file_body(body: bytes) -> str:
    """Return the base64 of a file's contents.

    Raises:
        RefusedError: the request holds none.

    """
    return _parsed(FileBody, body, "the request").file_contents


def _parsed(model: type[T], text: bytes, what: str) -> T:
    try:
        return model.model_validate_json(text)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False, include_context=False)[0]
        place = ".".join(map(str, first["loc"]))
        told = f"{place}: {first['msg']}" if place else first["msg"]
        sentence = f"There is a mistake in {what}: {told}"
        raise RefusedError(BAD_REQUEST, ascii(sentence)[1:-1]) from None


def result(outcome: Outcome, stdout: object = None) -> dict[str, object]:
    """Return the answer to a run; any text in ``stderr`` would make it an error of the code."""
    text = "" if stdout is None else json.dumps(stdout)
    return {"run_id": None, "outcome": int(outcome), "cmpinfo": "", "stdout": text, "stderr": ""}
