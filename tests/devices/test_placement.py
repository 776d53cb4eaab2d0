"""What may come from the host is what torch's own table of operators leaves to the kernels."""

import re
from pathlib import Path

import pytest

torchgen = pytest.importorskip("torchgen")
TABLE = Path(torchgen.__file__).parent / "packaged" / "ATen" / "native" / "native_functions.yaml"


SEVERAL = re.compile(r"Tensor(?:\(\w!?\))?\?? (?!out)\w+")


def checked():
    """The operators of which an overload of several tensors has a check of devices in CUDA."""
    for entry in TABLE.read_text("utf-8").split("\n- func: ")[1:]:
        arguments = entry.split("\n")[0].partition(" -> ")[0]
        own = "CUDA" in entry or "\n  structured" in entry
        if own and len(SEVERAL.findall(arguments)) > 1 and "device_check: NoCheck" not in entry:
            yield re.match(r"\w+", entry)[0]


def test_operators_that_take_single_numbers_of_the_host_decide_themselves():
    from grader.student.simulated.placement import _ELEMENTWISE, _INTO  # noqa: PLC0415 - torch

    assert (_ELEMENTWISE | _INTO) & set(checked()) == set()
