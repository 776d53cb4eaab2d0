"""A drawing in a report. Its models are imported on demand: most reports contain none."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic_core import core_schema

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
    from pydantic.json_schema import JsonSchemaValue

    from grader.pictures.kind import Drawing


class LaterDrawing:
    """Represents a drawing of any kind in the models of a report."""

    @classmethod
    def __get_pydantic_core_schema__(
        cls, _source: Any, _handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        """Validate and serialise by the drawing's own model."""
        return core_schema.no_info_plain_validator_function(
            _validated,
            serialization=core_schema.plain_serializer_function_ser_schema(
                _serialised, info_arg=True
            ),
        )

    @classmethod
    def __get_pydantic_json_schema__(
        cls, _schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        """Return the schema of all kinds."""
        from grader.pictures.picture import DRAWING  # noqa: PLC0415

        DRAWING.rebuild()
        return handler(DRAWING.core_schema)


def _validated(value: Any) -> Drawing:
    from grader.pictures.picture import DRAWING  # noqa: PLC0415

    return DRAWING.validate_python(value)


def _serialised(drawing: Drawing, info: core_schema.SerializationInfo) -> dict[str, Any]:
    return drawing.model_dump(mode=info.mode)
