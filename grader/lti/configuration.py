"""The file that names a platform, and the private key by which the grader is known to it."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field

from grader.course.errors import CourseError
from grader.course.languages import msgid
from grader.course.models import ExerciseId, Strict
from grader.course.phrases import beside, phrase
from grader.course.pydantic_errors import reject_value
from grader.course.system_errors import reason
from grader.course.yaml_files import parse_yaml, read_text, validated
from grader.lti.errors import ConfigurationError

if TYPE_CHECKING:
    from grader.course.phrases import Phrase

_LOCAL = {"127.0.0.1", "localhost", "::1"}
_OTHERS = stat.S_IRWXG | stat.S_IRWXO
_PEM = "-----BEGIN "


def _secure(url: str) -> str:
    parts = urlsplit(url)
    if not parts.hostname or parts.scheme not in {"https", "http"}:
        reject_value(msgid("{{url}} is no address: write https://…"), url=url)
    if parts.scheme == "http" and parts.hostname not in _LOCAL:
        reject_value(msgid("{{url}} is not encrypted: the token could be read by others"), url=url)
    return url


Address = Annotated[str, AfterValidator(_secure)]


class Platform(Strict):
    """A platform, as its administrator has registered the grader there."""

    issuer: str = Field(min_length=1, description="the platform's own name, an address")
    client_id: str = Field(min_length=1)
    token_url: Address = Field(description="where access tokens are asked for")
    audience: str | None = Field(None, description="of tokens, where it is not token_url")
    private_key: Path = Field(description="a PEM file, beside this one if it is relative")
    key_id: str | None = Field(
        None, description="the key's `kid`, where the platform reads a keyset"
    )
    members_url: Address | None = Field(None, description="the course's names and roles service")
    match: Literal["user_id", "email", "sourcedid", "name"] = Field(
        "user_id", description="what of a member of the course is the student's id in grades.csv"
    )
    items: dict[ExerciseId, Address] = Field(
        default_factory=dict, description="the line item of each exercise: an address"
    )


def read_platform(file: Path) -> Platform:
    """Return the platform that a file names, its key's path absolute.

    Raises:
        ConfigurationError: the file is missing or wrong.

    """
    try:
        platform = validated(Platform, parse_yaml(read_text(file), file), file)
    except CourseError as error:  # the same reader serves courses
        raise ConfigurationError(_at(file, error.place, error.what, error.advice)) from None
    return platform.model_copy(update={"private_key": file.parent / platform.private_key})


def _at(file: Path, place: object, what: object, advice: object) -> Phrase:
    where = beside(file, place) if place else file
    return beside(where, beside(what, advice) if advice else what)


def read_key(file: Path) -> str:
    """Return the text of a private key that its owner alone can read.

    Raises:
        ConfigurationError: others can read it, or it is no private key.

    """
    try:
        text = file.read_text(encoding="ascii")
        mode = file.stat().st_mode
    except UnicodeDecodeError:
        text, mode = "", 0
    except OSError as error:
        sentence = phrase("{{file}} cannot be read: {{reason}}", file=file, reason=reason(error))
        raise ConfigurationError(sentence) from None
    if os.name == "posix" and mode & _OTHERS:
        sentence = phrase(
            "Others on this machine can read the private key {{file}}: {{command}}",
            file=file,
            command=f"chmod 600 {file}",
        )
        raise ConfigurationError(sentence)
    if not text.startswith(_PEM) or "PRIVATE KEY" not in text:
        raise ConfigurationError(phrase("{{file}} is no private key in PEM form", file=file))
    return text
