"""Reading the files of a course: text, YAML, and models that say what is wrong in them."""

from __future__ import annotations

import difflib
import re
import reprlib
from typing import TYPE_CHECKING, Any, TypeVar

import yaml
from pydantic import BaseModel, TypeAdapter, ValidationError

from grader.course.errors import CourseError

if TYPE_CHECKING:
    from collections.abc import Hashable
    from pathlib import Path

    from pydantic_core import ErrorDetails

Model = TypeVar("Model", bound=BaseModel)

_DEEPEST, _HARMLESS = 100, 5000

# The C parser is ten times as fast, and not in every build of PyYAML.
_Base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Loader(_Base):  # type: ignore[misc]
    """YAML with the plain types of version 1.2, in which a key stands once.

    The types of version 1.1 would turn the choice ``no`` into a truth value, ``1:30`` into ninety
    and ``1e-6`` into text.
    """

    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}  # noqa: RUF012 - PyYAML's own form

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        """Construct a mapping, refusing a key that stands twice."""
        seen = set()
        for key, _ in node.value:
            if not isinstance(key, yaml.ScalarNode):
                continue  # the constructor refuses it
            if key.value in seen:
                problem = f"the key {key.value!r} stands twice"
                raise yaml.constructor.ConstructorError(None, None, problem, key.start_mark)
            seen.add(key.value)
        mapping: dict[Hashable, Any] = super().construct_mapping(node, deep)
        return mapping


_NUMBER = list("-+0123456789.")
for _tag, _pattern, _first in (
    ("null", r"~|null|Null|NULL|", ["~", "n", "N", ""]),
    ("bool", r"true|True|TRUE|false|False|FALSE", list("tTfF")),
    ("int", r"[-+]?(?:0|[1-9][0-9]*)", _NUMBER),
    (
        "float",
        r"[-+]?(?:[0-9]+\.[0-9]*|\.[0-9]+|[0-9]+(?=[eE]))(?:[eE][-+]?[0-9]+)?|[-+]?\.inf|\.nan",
        _NUMBER,
    ),
):
    Loader.add_implicit_resolver(
        f"tag:yaml.org,2002:{_tag}", re.compile(rf"(?:{_pattern})\Z"), _first
    )


def read_text(path: Path, field: str = "") -> str:
    """Return the text of a file of the course; ``field`` names what asks for it.

    Raises:
        CourseError: it is not there, or not UTF-8.

    """
    try:
        return path.read_text(encoding="utf-8-sig")
    except (FileNotFoundError, NotADirectoryError):
        problem = "there is no such file: write it, or take its name out of the exercise"
    except UnicodeDecodeError as error:
        problem = f"byte {error.start} is not UTF-8: save the file as UTF-8"
    except OSError as error:
        problem = f"it cannot be read ({error.strerror}): mend its permissions"
    raise CourseError(path, field, problem)


def parse_yaml(text: str, file: Path, first_line: int = 1) -> Any:
    """Return the data of a YAML text that starts on line ``first_line`` of ``file``.

    Raises:
        CourseError: it is not YAML, or a key stands twice.

    """
    try:
        refuse_deep(text)
        return yaml.load(text, Loader)  # noqa: S506 - it is a safe loader
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        where = f"line {mark.line + first_line}" if mark else ""
        problem = f"{error.problem or error.context}: mend the YAML here"
        raise CourseError(file, where, problem) from None
    except Exception as error:  # noqa: BLE001 - the constructors of tags such as !!timestamp check nothing
        # A number of ten thousand digits, a control character, "!!bool maybe".
        raise CourseError(file, "", f"{error}: mend the YAML") from None


def refuse_deep(text: str | bytes) -> None:
    """Refuse what is nested deeper than 100 levels: the C parser would overflow its stack.

    Raises:
        YAMLError: it is, or it is not YAML.

    """
    signs = text if isinstance(text, str) else text.decode("latin-1")
    longest = max(map(len, signs.splitlines()), default=0)
    # A level takes a bracket, or a column; at the same column, a list may be in a mapping.
    if signs.count("[") + signs.count("{") + 2 * longest < _HARMLESS:
        return
    depth = 0
    for event in yaml.parse(text, _Base):
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if depth > _DEEPEST:
            raise yaml.YAMLError("it is nested too deeply")


def validated(model: type[Model] | TypeAdapter[Model], data: Any, file: Path) -> Model:
    """Return ``data`` as a model.

    Raises:
        CourseError: it does not fit; only the first problem is told, and with a missing field
            the unknown one that may be meant for it.

    """
    try:
        if isinstance(model, TypeAdapter):
            return model.validate_python(data)
        return model.model_validate(data)
    except ValidationError as error:
        errors = error.errors(include_url=False)
        first = errors[0]
        # A choice of models is named first, which is no field.
        skipped = 1 if isinstance(model, TypeAdapter) else 0
        problem = _advice(first)
        if first["type"] == "missing":
            problem = _misspelt(first, errors) or problem
        raise CourseError(file, _field(first["loc"][skipped:]), problem) from None


def _field(location: tuple[int | str, ...]) -> str:
    """Write the place of a value as its author would look for it: ``questions[2].kind``."""
    path = ""
    for step in location:
        if step == "[key]":
            continue
        path += f"[{step}]" if isinstance(step, int) else f".{step}"
    return path.lstrip(".")


def _misspelt(missing: ErrorDetails, errors: list[ErrorDetails]) -> str | None:
    """Name the unknown field beside a missing one: more often than not it is meant for it."""
    unknown = [
        str(error["loc"][-1])
        for error in errors
        if error["type"] == "extra_forbidden" and error["loc"][:-1] == missing["loc"][:-1]
    ]
    if not unknown:
        return None
    near = difflib.get_close_matches(str(missing["loc"][-1]), unknown, n=1)
    if near:
        return f"this field is missing, and {near[0]} is unknown: correct that name"
    names = ", ".join(unknown)
    return f"this field is missing, and these are unknown ({names}): add it, and mend the others"


_ADVICE = {
    "extra_forbidden": "this field is unknown: correct its name or take it out",
    "missing": "this field is missing: add it",
    "value_error": "{error}: correct it",
    "string_type": "{input!r} is not text: put it in quotation marks",
    "int_from_float": "{input!r} is not a whole number: correct it",
    "string_pattern_mismatch": "{input!r} does not have the form {pattern}: rename it",
    "model_type": "this is not a mapping: write it as lines of the form 'key: value'",
    "dict_type": "this is not a mapping: write it as lines of the form 'key: value'",
    "model_attributes_type": "this is not a mapping: write it as lines of the form 'key: value'",
    "union_tag_not_found": "there is no kind: add the line kind: code, quiz or lines",
    "union_tag_invalid": "the kind {tag!r} is unknown: write code, quiz or lines",
}


def _advice(error: ErrorDetails) -> str:
    """Word pydantic's finding for an author, ending in what to do."""
    wording = _ADVICE.get(error["type"], "{msg}, not {input!r}: correct it")
    shown = _Shown(error["input"])
    return wording.format(msg=error["msg"], input=shown, **error.get("ctx", {}))


class _Shown:
    """A value whose repr is short, whatever aliases of aliases make of it."""

    _repr = reprlib.Repr()
    _repr.maxlevel = 2
    _repr.maxstring = _repr.maxother = 200

    def __init__(self, value: object) -> None:
        self._value = value

    def __repr__(self) -> str:
        return self._repr.repr(self._value)
