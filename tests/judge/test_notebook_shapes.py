"""Notebooks as tools write them and people hand them in: a right answer in any of them passes."""

import json

import pytest
from support.kernels import RIGHT
from support.text_blocks import block

from grader.course.loading import Course
from grader.course.locate import builtin_root
from grader.judge.reading.submission import read_bytes
from grader.judge.run import Judge, Options

EXERCISE = Course(builtin_root()).exercise("ex11")
IMPORTS = "import numpy as np\n"
MARKED = f"%%grade ex11\n{RIGHT}"
NOTEBOOK_3 = {
    "metadata": {"name": ""},
    "nbformat": 3,
    "nbformat_minor": 0,
    "worksheets": [
        {
            "metadata": {},
            "cells": [
                {"cell_type": "heading", "level": 1, "metadata": {}, "source": ["Softmax"]},
                {"cell_type": "code", "input": [IMPORTS], "language": "python", "outputs": []},
                {
                    "cell_type": "code",
                    "input": MARKED.splitlines(keepends=True),
                    "language": "python",
                },
            ],
        }
    ],
}


def code(source, outputs=(), **metadata):
    cell = {"cell_type": "code", "execution_count": 1, "metadata": metadata}
    return cell | {"outputs": list(outputs), "source": source}


def markdown(source, **more):
    return {"cell_type": "markdown", "metadata": {}, "source": source} | more


def notebook(*cells, minor=5, **metadata):
    made = [cell if isinstance(cell, dict) else code(cell) for cell in cells]
    content = {"cells": made, "metadata": metadata, "nbformat": 4, "nbformat_minor": minor}
    return json.dumps(content).encode()


def printed(text):
    return [{"output_type": "stream", "name": "stdout", "text": text}]


def displayed(kind, data):
    return [{"output_type": "display_data", "metadata": {}, "data": {kind: data}}]


COLAB = {"colab": {"provenance": [], "toc_visible": True}, "accelerator": "GPU"}
VS_CODE = {"language_info": {"name": "python", "codemirror_mode": {"name": "ipython"}}}
STATE = {f"id{number}": {"state": {"layout": "x" * 50}} for number in range(20_000)}
PLOT = {"data": [{"x": list(range(200_000)), "y": [0.1234567] * 200_000}]}
SHAPES = {
    "marked": notebook("%load_ext grader", IMPORTS, MARKED),
    "by its word, with options and a comment": notebook(
        IMPORTS, f"%%grade softmax --lang fr --all  # it's mine\n{RIGHT}"
    ),
    "below %%time": notebook(IMPORTS, f"%%time\n{MARKED}"),
    "above %%capture": notebook(IMPORTS, f"%%grade ex11\n%%capture out\n{RIGHT}"),
    "below a comment": notebook(IMPORTS, f"# my answer\n\n{MARKED}"),
    "imports in the cell of another": notebook(f"%%grade ex13\n{IMPORTS}x = 1", MARKED),
    "two tries": notebook(IMPORTS, "%%grade ex11\ndef softmax(x):\n    return x", MARKED),
    "another exercise uses the name": notebook(
        IMPORTS, MARKED, "%%grade ex13\ndef softmax(x):\n    return 0"
    ),
    "a mark above nothing": notebook(IMPORTS, "%%grade ex11", RIGHT),
    "graded in a line": notebook("%load_ext grader", IMPORTS, RIGHT, "%grade ex11"),
    "Colab, a form above the mark": notebook(
        IMPORTS, f'#@title Softmax {{ run: "auto" }}\n{MARKED}', minor=0, **COLAB
    ),
    "Colab, a drive": notebook(
        IMPORTS, "from google.colab import drive\ndrive.mount('/content/drive')", RIGHT, **COLAB
    ),
    "VS Code": notebook(IMPORTS, code(MARKED, vscode={"languageId": "python"}), **VS_CODE),
    "VS Code, a shell cell": notebook(
        IMPORTS, code("ls -la\nexit 1", vscode={"languageId": "shellscript"}), RIGHT
    ),
    "SoS, a cell in R": notebook(IMPORTS, code("x <- 1", kernel="R"), RIGHT),
    "Deepnote, SQL": notebook(IMPORTS, code("SELECT 1 FROM t", deepnote_cell_type="sql"), RIGHT),
    "nbgrader": notebook(IMPORTS, code(f"### BEGIN SOLUTION\n{RIGHT}", nbgrader={"grade": False})),
    "otter": notebook("import otter\ngrader = otter.Notebook('x.ipynb')", IMPORTS, RIGHT),
    "format 3": json.dumps(NOTEBOOK_3).encode(),
    "no format": json.dumps({"cells": [code(IMPORTS + RIGHT)]}).encode(),
    "a source that is null": notebook(IMPORTS, code(None), RIGHT),
    "metadata that are null": notebook(IMPORTS, code(RIGHT) | {"metadata": None}),
    "byte order mark": b"\xef\xbb\xbf" + notebook(IMPORTS, RIGHT),
    "Windows line ends": notebook(IMPORTS, MARKED.replace("\n", "\r\n")),
    "9 MB of text": notebook(IMPORTS, code(MARKED, printed("x" * 9_000_000))),
    "300,000 lines": notebook(IMPORTS, code(MARKED, printed(["epoch 1\n"] * 300_000))),
    "plotly": notebook(IMPORTS, code(RIGHT, displayed("application/vnd.plotly.v1+json", PLOT))),
    "9 MB of HTML": notebook(IMPORTS, code(RIGHT, displayed("text/html", '<p>"q"</p>' * 900_000))),
    "widgets": notebook(IMPORTS, RIGHT, widgets={"application/vnd.jupyter.widget-state": STATE}),
    "attachments": notebook(
        markdown("![](attachment:a)", attachments={"a": {"image/png": "A" * 6_000_000}}),
        *(IMPORTS, RIGHT),
    ),
    "cells in other languages": notebook(
        *("%%bash\nls <<EOF\n", "%%html\n<b>", "%%latex\n$x$", "%%R\nx <- 1", "%%sql\nselect"),
        *(IMPORTS, RIGHT),
    ),
    "help and shell": notebook(IMPORTS, "np.exp?\n?np\nfiles = !ls\n!cd x && \\\n  ls", RIGHT),
    "a training of hours": notebook(IMPORTS, "for i in range(10**9):\n    s = i * i", MARKED),
    "waiting": notebook(
        IMPORTS,
        block("""
        import time
        time.sleep(300)
        name = input()
    """).rstrip(),
        MARKED,
    ),
    "leaving": notebook(IMPORTS, RIGHT, "exit()", "quit"),
    "pasted prompts": notebook("In [1]: import numpy as np", RIGHT),
    "widgets of libraries that are not here": notebook(
        IMPORTS,
        block("""
            from ipywidgets import interact
            @interact(x=3)
            def f(x): pass
        """).rstrip(),
        MARKED,
    ),
    "await": notebook(IMPORTS, "import asyncio\nawait asyncio.sleep(0)", MARKED),
    "an import from the future": notebook(IMPORTS, f"from __future__ import annotations\n{RIGHT}"),
}


@pytest.fixture(scope="module")
def judge():
    with Judge(EXERCISE, Options(device="cpu")) as judge:
        yield judge


@pytest.mark.parametrize("data", SHAPES.values(), ids=SHAPES)
def test_a_right_answer_passes_in_a_notebook_of_any_shape(judge, data):
    submission = read_bytes(data, "answer.ipynb", "code", EXERCISE.is_called)
    report = judge.judge(submission)
    assert report.passed, (report.load, report.headline)


@pytest.mark.parametrize("shape", ["VS Code, a shell cell", "SoS, a cell in R", "Deepnote, SQL"])
def test_a_cell_in_another_language_is_not_even_noted(judge, shape):
    submission = read_bytes(SHAPES[shape], "answer.ipynb", "code", EXERCISE.is_called)
    assert judge.judge(submission).load.feedback == []
