"""Collections of arrays that exercises share: the judge loads them and passes them to calls."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING

import numpy as np

from grader.course.errors import CourseError
from grader.course.phrases import phrase

if TYPE_CHECKING:
    from pathlib import Path


def read_arrays(file: Path) -> dict[str, np.ndarray]:
    """Return the arrays of an .npz file by name, read-only.

    Raises:
        CourseError: the file is missing or broken.

    """
    try:
        # NumPy leaves a file open that it opened by name and cannot read.
        with file.open("rb") as stream, np.load(stream, allow_pickle=False) as stored:
            arrays = {name: stored[name] for name in stored.files}
    except FileNotFoundError:
        what = phrase("there is no such file")
        advice = phrase("put it there, or take its name out of exercise.yaml")
        raise CourseError(file, "", what, advice) from None
    except (OSError, ValueError, EOFError, AttributeError, zipfile.BadZipFile):
        what = phrase("is no file of arrays that can be read")
        advice = phrase("write it with numpy.savez_compressed, without objects")
        raise CourseError(file, "", what, advice) from None
    for array in arrays.values():
        array.flags.writeable = False
    return arrays
