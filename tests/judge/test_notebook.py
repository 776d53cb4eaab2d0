"""Notebooks: code cells in order, lines mapped back, IPython's own lines taken out."""

import ast
import json

import pytest

from grader.judge.submission import Position, Unreadable, read_bytes


def notebook(*cells, kind="code"):
    return json.dumps(
        {
            "nbformat": 4,
            "nbformat_minor": 5,
            "metadata": {},
            "cells": [
                cell if isinstance(cell, dict) else {"cell_type": kind, "source": cell}
                for cell in cells
            ],
        }
    ).encode()


def markdown(text):
    return {"cell_type": "markdown", "source": text}


def source(*cells):
    return read_bytes(notebook(*cells), "ex11.ipynb", "code").source


def refusal(data):
    with pytest.raises(Unreadable) as caught:
        read_bytes(data, "ex11.ipynb", "code")
    return caught.value.id


def test_code_cells_are_joined_in_order_and_lines_mapped_back():
    submission = read_bytes(
        notebook(markdown("# Title"), ["import math\n", "x = 1"], markdown("text"), "y = 2\nz = 3"),
        "ex11.ipynb",
        "code",
    )
    assert submission.source == "import math\nx = 1\ny = 2\nz = 3\n"
    assert [submission.where(line) for line in range(1, 5)] == [
        Position(1, 1),
        Position(1, 2),
        Position(2, 1),
        Position(2, 2),
    ]
    assert submission.where(99) == Position(2, 2)


def test_format_3_is_read():
    data = {
        "nbformat": 3,
        "worksheets": [{"cells": [{"cell_type": "code", "input": ["x = 1\n", "y = 2"]}]}],
    }
    submission = read_bytes(json.dumps(data).encode(), "ex11.ipynb", "code")
    assert submission.source == "x = 1\ny = 2\n"


@pytest.mark.parametrize(
    "line",
    [
        "%matplotlib inline",
        "  %matplotlib inline".strip(),
        "!pip install numpy",
        "?softmax",
        "softmax?",
        "np.exp??",
        "%timeit softmax(x)",
        "%timeit?",
        "pip install numpy",
        "!echo it's (open",
    ],
)
def test_lines_for_ipython_alone_are_dropped(line):
    assert source(f"x = 1\n{line}\ny = 2") == "x = 1\npass\ny = 2\n"


def test_a_magic_in_a_block_leaves_a_statement_behind():
    text = source("if True:\n    %matplotlib inline\nelse:\n    !ls")
    assert text == "if True:\n    pass\nelse:\n    pass\n"
    ast.parse(text)


def test_a_continued_magic_is_dropped_whole():
    assert source("!pip install \\\n    numpy \\\n    torch\nx = 1") == "pass\n\n\nx = 1\n"


def test_the_statement_that_is_timed_is_kept():
    assert source("%time x = 1") == "x = 1\n"


def test_a_name_that_takes_a_magics_result_exists():
    assert source("files = !ls\nt = %timeit -o f()") == "files = None\nt = None\n"


@pytest.mark.parametrize(
    "python",
    [
        "x = (7\n     % 3)",
        "x = 7 \\\n    % 3",
        '"""Text\n%matplotlib inline\n!ls\nwhat?\n"""',
        "'''it\\'''s\n% no\n'''",
        "x = [\n    # it's a ( comment\n    1,\n    ]\ny = 'a ? b' # why?",
        "s = 'it\\'s ('\nt = \"a = !b\"",
        "x = 1  # really?",
        "# really?",
        "x %= 3",
        "y = x != 3",
        "y = 'a\\\n% b'",
    ],
)
def test_python_that_looks_like_a_magic_is_kept(python):
    assert source(python) == python + "\n"
    ast.parse(python)


@pytest.mark.parametrize("magic", ["%%bash", "%%html", "%%writefile a.py", "%%latex"])
def test_a_cell_in_another_language_is_dropped_and_lines_stay_aligned(magic):
    submission = read_bytes(notebook(f"{magic}\nrm -rf (\n", "x = 1"), "ex11.ipynb", "code")
    assert submission.source == "\n\nx = 1\n"
    assert submission.where(3) == Position(2, 1)


@pytest.mark.parametrize(
    "magic", ["%%time", "%%timeit -n 3", "%%capture out", "\n%%time\n%%capture"]
)
def test_a_python_cell_under_a_magic_is_kept(magic):
    text = source(f"{magic}\nx = 1\n%cd ..\n")
    assert text == "\n" * (magic.count("\n") + 1) + "x = 1\npass\n"


def test_an_indented_cell_is_read_as_ipython_does():
    assert source("    x = 1\n    if x:\n        y = 2") == "x = 1\nif x:\n    y = 2\n"


@pytest.mark.parametrize(
    "data",
    [
        b"{",
        b"[]",
        b"3",
        b'"text"',
        b"null",
        b"{}",
        b'{"cells": 3}',
        b'{"cells": [3]}',
        b'{"cells": [{"cell_type": "code", "source": 3}]}',
        b'{"cells": [{"cell_type": "code", "source": [3]}]}',
        b'{"worksheets": [3]}',
        b'{"cells": [{"cell_type": "code", "source": "\\ud800"}]}',
        b"[" * 200_000,
        b'{"cells": ' + b"[" * 200_000,
        b'{"cells": ' + b"9" * 10_000 + b"}",
    ],
)
def test_a_broken_notebook_is_told(data):
    assert refusal(data) == "read.notebook_broken"


@pytest.mark.parametrize(
    "cells", [[], [markdown("only text")], ["", " \n"], ["%matplotlib inline"], ["%%bash\nls"]]
)
def test_a_notebook_without_code_is_told(cells):
    assert refusal(notebook(*cells)) == "read.notebook_no_code"


def test_an_empty_notebook_file_null_bytes_and_sizes_are_told():
    assert refusal(b"  ") == "read.empty"
    assert refusal(notebook("x = '\0'")) == "read.null"
    assert refusal(notebook("x = 1\n" * 200_000)) == "read.too_large"
    assert refusal(b" " * (16 * 2**20 + 1)) == "read.too_large"


def test_large_plots_do_not_count_as_source():
    cell = {"cell_type": "code", "source": "x = 1", "outputs": [{"data": "A" * 2 * 2**20}]}
    assert source(cell) == "x = 1\n"
