"""What was asked for on a command line is held by one object: a field for each parameter."""

from dataclasses import fields

import pytest

from grader.cli.batch import command as batch
from grader.cli.batch_arguments import BatchArguments
from grader.cli.grade import GradeArguments
from grader.cli.grade import command as grade


@pytest.mark.parametrize(
    ("command", "arguments"), [(batch, BatchArguments), (grade, GradeArguments)]
)
def test_a_field_for_each_parameter(command, arguments):
    given = {parameter.name for parameter in command.params if parameter.expose_value}

    assert given == {field.name for field in fields(arguments)}
