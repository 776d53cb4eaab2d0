"""The JSON Schema of the report, and its reference page made from the same models."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from grader.pictures import (
    Array,
    Batch,
    Batches,
    Computation,
    Curve,
    Curves,
    Edge,
    Graph,
    HeatMap,
    Layer,
    Letter,
    Network,
    Node,
    Row,
    Value,
)
from grader.report.models import (
    Cause,
    CheckResult,
    ExerciseInfo,
    HiddenPoints,
    Isolation,
    KeyPoint,
    LoadResult,
    Message,
    Output,
    Printed,
    Report,
    RunMetadata,
    ShownArgument,
    ShownCall,
    ShownPicture,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pydantic import BaseModel
    from pydantic.fields import FieldInfo

DIALECT = "https://json-schema.org/draft/2020-12/schema"
_PARTS: tuple[type[BaseModel], ...] = (
    Report,
    ExerciseInfo,
    LoadResult,
    CheckResult,
    ShownCall,
    ShownArgument,
    ShownPicture,
    Network,
    Layer,
    Array,
    Graph,
    Node,
    Edge,
    Letter,
    Computation,
    Value,
    Curves,
    Curve,
    HeatMap,
    Row,
    Batches,
    Batch,
    Printed,
    KeyPoint,
    Cause,
    Message,
    HiddenPoints,
    Output,
    Isolation,
    RunMetadata,
)
_HEAD = """\
# The report, field by field

A report is the result for one submission: a JSON object, written by `grade EX --json` and read by
`grader report FILE`. `grader schema report` prints its JSON Schema. This page is made from the
same models: `python -m grader.report.schema > docs/report.md`.

The contract grows by addition within a major version. Readers ignore fields that they do not know
and treat a status that they do not know as `other`. Points are exact to 0.01 and never negative.
Everything in which two equal runs may differ stands in `run`; "the same result" means the same
everywhere else. Texts are for people; programs go by ids and arguments, which no language changes.

The parts of a report agree: the points of its checks add up, a check that passed has all of its
points, the headline says what points and status say, each check stands under one of the `causes`
at most. `grader report` refuses a file that contradicts itself, or the exercise whose
`grading_hash` it bears, with exit code 2.
"""


def report_schema() -> dict[str, Any]:
    """Return the JSON Schema of a report as it is written (serialised)."""
    return {"$schema": DIALECT, **Report.model_json_schema(mode="serialization")}


def report_page() -> str:
    """Return the reference page of the report as Markdown."""
    schema = report_schema()
    parts = {"Report": schema, **schema["$defs"]}
    sections = (_section(model, parts[model.__name__]) for model in _PARTS)
    return "\n".join([_HEAD, *sections])


def _section(model: type[BaseModel], schema: Mapping[str, Any]) -> str:
    rows = "\n".join(_rows(model.model_fields, schema["properties"]))
    return (
        f"## {model.__name__}\n\n{schema['description']}\n\n"
        f"| field | type | meaning |\n|---|---|---|\n{rows}\n"
    )


def _rows(fields: Mapping[str, FieldInfo], properties: Mapping[str, Any]) -> Iterator[str]:
    for name, info in fields.items():
        yield f"| `{name}` | {_type(properties[name])} | {info.description or ''} |"


def _type(schema: Mapping[str, Any]) -> str:
    """Return the type of a field in words."""
    match schema:
        case {"$ref": str(target)}:
            name = target.rsplit("/", 1)[-1]
            return f"[{name}](#{name.lower()})"
        case {"anyOf": list(alternatives)} | {"oneOf": list(alternatives)}:
            return " or ".join(map(_type, alternatives))
        case {"enum": list(values)}:
            return ", ".join(f"`{value}`" for value in values)
        case {"const": value}:
            return f"`{value}`"
        case {"type": "array", "items": items}:
            return f"list of {_type(items)}"
        case {"type": "object", "additionalProperties": values}:
            return f"object of {_type(values)}"
        case {"type": str(kind)}:
            return kind
    raise TypeError(f"no words for {schema}")


if __name__ == "__main__":
    print(report_page(), end="")  # noqa: T201 - the page is its output
