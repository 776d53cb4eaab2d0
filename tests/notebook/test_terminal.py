"""``%%grade`` in IPython in a terminal: the report is text."""

import os
import subprocess
import sys

from support.kernels import RIGHT


def typed(folder, *cells):
    """Type cells into IPython, each ended as cell magics are; return what it prints."""
    environment = {**os.environ, "IPYTHONDIR": str(folder / "ipython"), "GRADER_LANG": "en"}
    command = [
        sys.executable,
        "-m",
        "IPython",
        "--simple-prompt",
        "--no-banner",
        "--colors=NoColor",
    ]
    lines = "".join(f"{cell}\n\n\n" for cell in cells)
    done = subprocess.run(
        command,
        input=lines,
        capture_output=True,
        text=True,
        cwd=folder,
        env=environment,
        check=True,
    )
    return done.stdout


def test_a_cell_that_is_typed_line_by_line_is_graded_and_defined(tmp_path):
    printed = typed(
        tmp_path,
        *("%load_ext grader", "import numpy as np", f"%%grade ex11\n{RIGHT.rstrip()}"),
        *("softmax(np.zeros(2))", "%%grade ex99\ny = 7", "y", "exit"),
    )
    assert "Points: 20 of 20" in printed
    assert "array([0.5, 0.5])" in printed
    assert "There is no exercise ex99." in printed
    assert ": 7\n" in printed
    assert "<p" not in printed
    assert "Traceback" not in printed
