#!/usr/bin/env bash
# pydantic before 2.12 writes no JSON Schema for a model that is its own input type beside another.
#
# Version: pydantic 2.10.0, 2.11.0 (fails) and 2.12.0 (works).
# Source: docs.pydantic.dev, "Validators": `json_schema_input_type` says for the schema what a before
# validator takes; a model that may also be written as one number is the field's type and part of that input.
#
# Seen: validation works in all three. `model_json_schema()` of the model around it raises KeyError with a
# definition's name, '__main____Check-Input__1', in 2.10.0 and 2.11.0; in 2.12.0 it
# returns a schema in which the field is the model or an integer.
# What helps: pydantic>=2.12 wherever schemas are printed. Tests of validation alone do not show it.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
cat > schema.py <<'PY'
from typing import Annotated

from pydantic import BaseModel, BeforeValidator


class Check(BaseModel):
    points: int


def from_points(value):
    return {"points": value} if isinstance(value, int) else value


Written = Annotated[Check, BeforeValidator(from_points, json_schema_input_type=Check | int)]


class Exercise(BaseModel):
    checks: dict[str, Written]


assert Exercise.model_validate({"checks": {"a": 3}}).checks["a"].points == 3
try:
    schema = Exercise.model_json_schema()
except KeyError as error:
    print("KeyError", error)
else:
    print("a schema with", len(schema["properties"]["checks"]["additionalProperties"]["anyOf"]), "choices")
PY
for version in 2.10.0 2.11.0 2.12.0; do
  venv/bin/pip install --quiet --disable-pip-version-check "pydantic==$version"
  said=$(venv/bin/python schema.py)
  echo "pydantic $version: $said"
  case $version in
    2.12.0) test "$said" = "a schema with 2 choices" ;;
    *) grep -q "^KeyError .*Check-Input__1" <<< "$said" ;;
  esac
done
echo 'As described: the schema is there from 2.12.0 on.'
