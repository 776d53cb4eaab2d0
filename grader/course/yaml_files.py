"""Reading of a course's files: text, YAML, and models with error messages for authors."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, TypeVar

import yaml
from pydantic import BaseModel, TypeAdapter, ValidationError

from grader.course.errors import CourseError
from grader.course.phrases import Phrase, phrase
from grader.course.pydantic_errors import advice, misspelt
from grader.course.system_errors import reason
from grader.course.yaml_errors import yaml_problem

if TYPE_CHECKING:
    from collections.abc import Hashable
    from pathlib import Path

Model = TypeVar("Model", bound=BaseModel)

# Levels of nesting that are accepted; texts whose brackets and columns allow fewer than _HARMLESS
# levels are not counted level by level.
_DEEPEST, _HARMLESS = 100, 5000

# The C parser is ten times as fast, and not in every build of PyYAML.
_Base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class TwiceError(yaml.MarkedYAMLError):
    """A key occurs twice in a mapping."""

    def __init__(self, key: str, mark: yaml.Mark) -> None:
        self.key = key
        super().__init__(problem=f"the key {key!r} stands twice", problem_mark=mark)


class Loader(_Base):  # type: ignore[misc]
    """YAML with the plain types of version 1.2, in which duplicate keys are errors.

    The types of version 1.1 would turn the choice ``no`` into a truth value, ``1:30`` into ninety
    and ``1e-6`` into text.
    """

    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}  # noqa: RUF012 - PyYAML's own form

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        """Construct a mapping, refusing duplicate keys."""
        seen = set()
        for key, _ in node.value:
            if not isinstance(key, yaml.ScalarNode):
                continue  # the constructor refuses it
            if key.value in seen:
                raise TwiceError(key.value, key.start_mark)
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


class TextLoader(Loader):
    """YAML in which every value is text, for a file of ids, amounts and times.

    A number would lose what is written: the id ``1e5``, the zeros of ``007``, ``0.1`` exactly.
    """

    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}  # noqa: RUF012 - as above


def read_text(path: Path, field: str = "") -> str:
    """Return the text of a file of the course; ``field`` names the field that refers to it.

    Raises:
        CourseError: it does not exist, or is not UTF-8.

    """
    try:
        return path.read_text(encoding="utf-8-sig")
    except (FileNotFoundError, NotADirectoryError):
        what = phrase("there is no such file")
        advised = phrase("write it, or take its name out of the exercise")
    except UnicodeDecodeError as error:
        what = phrase("byte {{byte}} is not UTF-8", byte=error.start)
        advised = phrase("save the file as UTF-8")
    except OSError as error:
        what = phrase("it cannot be read ({{reason}})", reason=reason(error))
        advised = phrase("mend its permissions")
    raise CourseError(path, field, what, advised)


def parse_yaml(text: str, file: Path, first_line: int = 1, loader: Any = Loader) -> Any:
    """Return the data of a YAML text that starts on line ``first_line`` of ``file``.

    ``loader``: `Loader`, or `TextLoader` for values that are all text.

    Raises:
        CourseError: it is not YAML, or a key occurs twice.

    """
    try:
        refuse_deep(text)
        return yaml.load(text, loader)  # noqa: S506 - both are safe loaders
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + first_line if mark else None
        what = _twice(error) if isinstance(error, TwiceError) else yaml_problem(error)
        # Some messages end with advice.
        advised = "" if ": " in what.message else phrase("mend the YAML here")
        raise CourseError(file, "", what, advised, line=line) from None
    except TooDeepError:
        raise CourseError(file, "", phrase("it is nested too deeply"), _MEND) from None
    except Exception as error:  # noqa: BLE001 - the constructors of tags such as !!timestamp check nothing
        # An integer of ten thousand digits, a control character, "!!bool maybe".
        raise CourseError(file, "", yaml_problem(error), _MEND) from None


def _twice(error: TwiceError) -> Phrase:
    return phrase("the key {{key}} stands twice", key=repr(error.key))


def refuse_deep(text: str | bytes) -> None:
    """Refuse nesting of more than 100 levels, by which the C parser overflows its stack.

    Raises:
        YAMLError: it is, or it is not YAML.

    """
    signs = text if isinstance(text, str) else text.decode("latin-1")
    longest = max(map(len, signs.splitlines()), default=0)
    # A level takes a bracket, or a column; a list in a mapping may start at the same column.
    if signs.count("[") + signs.count("{") + 2 * longest < _HARMLESS:
        return
    depth = 0
    for event in yaml.parse(text, _Base):
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if depth > _DEEPEST:
            raise TooDeepError("it is nested too deeply")


_MEND = phrase("mend the YAML")


class TooDeepError(yaml.YAMLError):
    """A text is nested too deeply."""


def validated(model: type[Model] | TypeAdapter[Model], data: Any, file: Path) -> Model:
    """Return ``data`` as a model.

    Raises:
        CourseError: it does not fit; only the first problem is reported, with the unknown field
            that may be meant for a missing one.

    """
    try:
        if isinstance(model, TypeAdapter):
            return model.validate_python(data)
        return model.model_validate(data)
    except ValidationError as error:
        errors = error.errors(include_url=False)
        first = errors[0]
        # The discriminator of a union comes first, which is no field.
        skipped = 1 if isinstance(model, TypeAdapter) else 0
        what, advised = advice(first)
        if first["type"] == "missing":
            what, advised = misspelt(first, errors) or (what, advised)
        raise CourseError(file, _field(first["loc"][skipped:]), what, advised) from None


def _field(location: tuple[int | str, ...]) -> str:
    """Return the position of a value as its author would search for it: ``questions[2].kind``."""
    path = ""
    for step in location:
        if step == "[key]":
            continue
        path += f"[{step}]" if isinstance(step, int) else f".{step}"
    return path.lstrip(".")
