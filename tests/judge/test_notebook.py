"""Notebooks: code cells in order, lines mapped back, IPython's own lines taken out."""

import ast
import json

import pytest
from support.text_blocks import block

from grader.judge.reading.submission import Position, UnreadableSubmissionError, read_bytes


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
    with pytest.raises(UnreadableSubmissionError) as caught:
        read_bytes(data, "ex11.ipynb", "code")
    return caught.value.id


def test_code_cells_are_joined_in_order_and_lines_mapped_back():
    submission = read_bytes(
        notebook(markdown("# Title"), ["import math\n", "x = 1"], markdown("text"), "y = 2\nz = 3"),
        "ex11.ipynb",
        "code",
    )
    assert submission.source == block("""
        import math
        x = 1
        y = 2
        z = 3
    """)
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
        "np.array([1]).sum?",
        "a = np.exp?",
        "values[0]??  # what?",
    ],
)
def test_lines_for_ipython_alone_are_dropped(line):
    assert source(f"x = 1\n{line}\ny = 2") == block("""
        x = 1
        pass
        y = 2
    """)


def test_a_magic_in_a_block_leaves_a_statement_behind():
    text = source(
        block("""
            if True:
                %matplotlib inline
            else:
                !ls""")
    )
    assert text == block("""
        if True:
            pass
        else:
            pass
    """)
    ast.parse(text)


def test_a_continued_magic_is_dropped_whole():
    assert (
        source(
            block(r"""
                !pip install \
                    numpy \
                    torch
                x = 1""")
        )
        == "pass\n\n\nx = 1\n"
    )


def test_the_statement_that_is_timed_is_kept():
    assert source("%time x = 1") == "x = 1\n"


def test_a_name_that_takes_a_magics_result_exists():
    assert source("files = !ls\nt = %timeit -o f()") == "files = []\nt = get_ipython().timed()\n"


@pytest.mark.parametrize(
    "python",
    [
        "x = (7\n     % 3)",
        "x = 7 \\\n    % 3",
        '"""Text\n%matplotlib inline\n!ls\nwhat?\n"""',
        block(r"""
            '''it\'''s
            % no
            '''"""),
        block("""
            x = [
                # it's a ( comment
                1,
                ]
            y = 'a ? b' # why?"""),
        "s = 'it\\'s ('\nt = \"a = !b\"",
        "x = 1  # really?",
        "x = 'a?'  # b?",
        "s = '''a # b?\nc?'''",
        "# really?",
        "x %= 3",
        "y = x != 3",
        "y = 'a\\\n% b'",
    ],
)
def test_python_that_looks_like_a_magic_is_kept(python):
    assert source(python) == python + "\n"
    ast.parse(python)


@pytest.mark.parametrize("magic", ["%%bash", "%%html", "%%writefile a.py", "%%!"])
def test_a_cell_in_another_language_is_dropped_and_lines_stay_aligned(magic):
    submission = read_bytes(notebook(f"{magic}\nrm -rf (\n", "x = 1"), "ex11.ipynb", "code")
    assert submission.source == "\n\nx = 1\n"
    assert submission.where(3) == Position(2, 1)


def test_what_another_language_prints_has_its_name():
    text = source("\n%%bash --out printed --err wrong\nls (", "x = printed")
    assert text == '\nprinted = ""; wrong = ""\n\nx = printed\n'


@pytest.mark.parametrize("magic", ["%%time", "%%timeit -n 3", "%%capture", "\n%%time\n%%capture"])
def test_a_python_cell_under_a_magic_is_kept(magic):
    text = source(f"{magic}\nx = 1\n%cd ..\n")
    assert text == "\n" * (magic.count("\n") + 1) + "x = 1\npass\n"


def test_an_indented_cell_is_read_as_ipython_does():
    assert source("    x = 1\n    if x:\n        y = 2") == block("""
        x = 1
        if x:
            y = 2
    """)


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


@pytest.mark.parametrize(
    ("line", "python"),
    [
        ("y = %time f(x)", "y = f(x)"),
        ('r["k = 1"] = %time f(x=1)', 'r["k = 1"] = f(x=1)'),
        ("y: list[int] = %time [1]", "y: list[int] = [1]"),
        ("    y = %time f(x)", "    y = f(x)"),
        ("a, b = %time f(x)", "a, b = f(x)"),
        ("p = %pwd", 'p = "."'),
        ("out = %sx ls", "out = []"),
        ("cd ..", "pass"),
        ("load_ext autoreload", "pass"),
        (",f a b", "pass"),
    ],
)
def test_magics_that_give_a_value(line, python):
    above = "if True:\n" if line.startswith(" ") else "x = 1\n"
    assert source(above + line).strip("\n") == above + python


@pytest.mark.parametrize(
    "python",
    [
        "x = a %b",
        "x == 3",
        "f(x=1) % y",
        "x = '= %time'",
        "x = y  # = !ls",
        "run - x",
        "x = y != 3",
        "if x := 3: pass",
        "f = lambda a=1: a % 3",
    ],
)
def test_python_that_looks_like_a_value_of_a_magic_is_kept(python):
    assert source(python) == python + "\n"


def test_the_set_up_of_a_timed_cell_is_run():
    assert source("%%timeit -n 3 -r2 -q x = 3\nx + 1") == "x = 3\nx + 1\n"


def test_a_captured_cell_binds_its_name():
    assert source("%%capture out --no-stderr\nx = 1") == "out = get_ipython().captured()\nx = 1\n"


def test_a_timed_statement_over_two_lines_stays_whole():
    assert (
        source(
            block(r"""
                y = %time f(1, \
                   2)
                z = 3""")
        )
        == "y = f(1, 2)\n\nz = 3\n"
    )


@pytest.mark.parametrize(
    "cell",
    [
        block("""
            >>> def f(x):
            ...     return x
            ...
            >>> y = 1"""),
        "In [3]: def f(x):\n   ...:     return x\n   ...: \nIn [4]: y = 1",
    ],
)
def test_prompts_fall_away(cell):
    assert source(cell).split("\n")[:4] == ["def f(x):", "    return x", "", "y = 1"]


def test_a_session_that_is_pasted_below_code_loses_its_prompts():
    text = source(
        block("""
            s = '''
            >>> f(1)'''
              >>> f(1)
            [1. 2.]
            >>> y = 1""")
    )
    assert text.split("\n") == ["s = '''", ">>> f(1)'''", "f(1)", "", "y = 1", ""]


@pytest.mark.parametrize("line", ["ls", "pwd", " whos ", "pip list", "conda list"])
def test_a_command_alone_in_its_cell_is_dropped(line):
    assert source("x = 1", line, "z = 2") == block("""
        x = 1
        pass
        z = 2
    """)


def test_pylab_imports_what_it_imports():
    lines = source("%pylab inline", "x = linspace(0, 1)").split("\n")
    assert "from numpy import *" in lines[0]
    assert "import matplotlib.pyplot as plt" in lines[0]


def test_results_below_a_prompt_fall_away_where_they_are_no_python():
    assert (
        source(
            block("""
                >>> print(1, 2)
                1 2
                >>> x = 1""")
        )
        == "print(1, 2)\n\nx = 1\n"
    )


def test_a_cell_that_is_skipped_holds_its_place():
    skipped = {"cell_type": "code", "source": "1 / 0", "metadata": {"tags": ["skip-execution"]}}
    submission = read_bytes(notebook(skipped, "x = 1"), "ex11.ipynb", "code")
    assert submission.source == "\nx = 1\n"
    assert submission.where(2) == Position(2, 1)


def test_a_notebook_saved_as_a_file_and_the_reverse_are_what_they_hold():
    assert read_bytes(notebook("x = 1\n!ls"), "ex11.py", "code").source == "x = 1\npass\n"
    assert read_bytes(
        block("""
            def f(x):
                return x
        """).encode(),
        "ex11.ipynb",
        "code",
    ).source.startswith("def")
    assert read_bytes(b'{"cells": 1}', "ex11.py", "code").source == '{"cells": 1}'


def test_another_language_is_told():
    data = json.loads(notebook("x <- 3"))
    data["metadata"] = {"kernelspec": {"name": "ir", "language": "R"}}
    assert refusal(json.dumps(data).encode()) == "read.notebook_language"


def test_what_nbconvert_writes_is_read_as_its_notebook():
    text = block(r"""
        # In[1]:

        get_ipython().run_line_magic('matplotlib', 'inline')
        get_ipython().run_cell_magic('time', '', "def f(x):\n    return 'a'\n")
        y = get_ipython().run_line_magic('time', 'f(1)')
        z = 1
    """)
    submission = read_bytes(text.encode(), "ex11.py", "code")
    lines = submission.source.split("\n")
    assert lines[2] == "pass"
    assert lines[3:8] == ["", "def f(x):", "    return 'a'", "y = f(1)", "z = 1"]
    assert [submission.where(line).line for line in (3, 5, 6, 7, 8)] == [3, 4, 4, 5, 6]
    assert submission.cells == ()


@pytest.mark.parametrize(
    ("line", "python"),
    [
        ("p = get_ipython().run_line_magic('pwd', '')", 'p = "."'),
        ("t = get_ipython().run_line_magic('timeit', '-o f()')", "t = get_ipython().timed()"),
        ("    get_ipython().magic('matplotlib inline')", "    pass"),
        ("f(get_ipython().run_line_magic('pwd', ''))", None),
        ("get_ipython().run_line_magic('time', 'f(\\n)')", None),
    ],
)
def test_magics_that_nbconvert_has_written_are_what_they_were(line, python):
    text = read_bytes(f"if 1:\n{line}\n".encode(), "ex11.py", "code").source
    assert text.split("\n")[1] == (python or line)


@pytest.mark.parametrize(
    "text",
    [
        "x = 3 \\\n  %a\n",
        block("""
            s = '''
            >>> f(1)
            !ls
            '''
        """),
        "x = (7\n%a)\n",
        "%a\nx = (\n",
    ],
)
def test_a_file_that_python_takes_or_nobody_is_left_as_it_is(text):
    submission = read_bytes(text.encode(), "ex11.py", "code")
    assert (submission.source, submission.refused) == (text, None)


def test_a_file_with_magics_keeps_its_lines():
    text = block("""
        # %%
        %%time
        x = 1

        # %%
        %%html
        <b>
        # %%
        y = %time 2
    """)
    source = read_bytes(text.encode(), "ex11.py", "code").source
    assert source.split("\n") == ["# %%", "", "x = 1", "", "# %%", "", "", "# %%", "y = 2", ""]


def test_a_notebook_that_only_writes_files_is_read():
    assert source("%%writefile a.py\nx = 1") == "\n\n"


def test_a_file_that_a_cell_writes_is_known():
    submission = read_bytes(
        notebook(
            "x = 1",
            block("""
                %%writefile a.py
                def f(x):
                    pass"""),
        ),
        "e.ipynb",
        "code",
    )
    (written,) = submission.written
    assert (written.cell, written.file) == (2, "a.py")
    assert written.defines("f")
    assert not written.defines("g")
