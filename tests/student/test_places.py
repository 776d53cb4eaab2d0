"""Lines of a notebook, as warnings and tracebacks of its own code count them."""

import subprocess
import sys
import textwrap

import pytest
from support.text_blocks import block

SCRIPT = """
import sys
from grader.student.submission import LoadedSubmission

sys.stderr = sys.stdout
source = {source!r}
submission = LoadedSubmission({name!r}, source, {{}})
submission.execute_tolerantly(lambda error: {{}}, cells={cells!r})
submission.module.f()
"""
WARNING = block("""
    import numpy as np

    def f():
        return np.exp(np.array(1e4))
""")
TRACEBACK = block("""
    import traceback

    def f():
        try:
            1 / 0
        except ValueError:
            pass
        except ZeroDivisionError:
            traceback.print_exc()
""")


def printed(source, name, cells):
    script = textwrap.dedent(SCRIPT).format(source=source, name=name, cells=cells)
    command = [sys.executable, "-c", script]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


@pytest.mark.parametrize(
    ("source", "cells", "expected"),
    [
        (WARNING, (1, 3), "ex01.ipynb, cell 2, line 2: RuntimeWarning: overflow"),
        (WARNING, (1, 2, 3), "ex01.ipynb, cell 3, line 2: RuntimeWarning: overflow"),
        (TRACEBACK, (1, 3), 'File "ex01.ipynb", cell 2, line 3, in f'),
    ],
)
def test_lines_of_a_notebook_are_counted_in_their_cell(source, cells, expected):
    assert expected in printed(source, "ex01.ipynb", cells)


@pytest.mark.parametrize(
    ("source", "expected"),
    [(WARNING, "ex01.py:4: RuntimeWarning"), (TRACEBACK, 'File "ex01.py", line 5, in f')],
)
def test_lines_of_a_file_are_left_as_they_are(source, expected):
    assert expected in printed(source, "ex01.py", ())
