"""IPython's own syntax, line by line: removed, or rewritten in Python.

A cell keeps its number of lines, so that line numbers agree with the notebook. IPython itself is
not used: importing it takes 400 ms, and it turns magics into calls of a shell that does not exist
here.
"""

from __future__ import annotations

import ast
import re
import warnings

# Cell magics whose body is Python that runs in the notebook's own namespace.
_PYTHON_CELLS = frozenset(
    {
        *("capture", "debug", "grade", "ipytest", "lprun", "memit", "mprun", "prun"),
        *("pyinstrument", "scalene", "snakeviz", "time", "timeit", "wandb"),
    }
)
_CELL_MAGIC = re.compile(r"%%\s*(\w+|!)(.*)")
_PRINTED = re.compile(r"--(?:out|err)\s+([^\W\d]\w*)")
"""The variable that receives the output of another language."""
_TIMED = re.compile(r"(\s*)%time\s+(\S.*)")
_TIMEIT_OPTIONS = re.compile(r"\s*(-[nrp]\s*\d+|-[tcqov]+\b)")
_HELP = re.compile(r".*[\w*\]]\s*\?{1,2}\s*(#.*)?")
_PYLAB = (
    "import numpy, numpy as np; from numpy import *; from matplotlib.pyplot import axis, bar, "
    "close, figure, grid, hist, imshow, legend, plot, scatter, show, subplot, subplots, title, "
    "xlabel, xlim, ylabel, ylim; import matplotlib.pyplot as plt"
)
"""The imports of ``%pylab``, as far as notebooks use them."""
_ALONE = re.compile(r"\s*(clear|conda list|hist|history|ls|pip (freeze|list)|pwd|who|whos)\s*")
_INSTALL = re.compile(r"\s*(pip|pip3|conda|mamba)\s+install\b.*")
_AUTOMAGIC = re.compile(
    r"\s*(autoreload|cat|cd|cp|load_ext|ls|matplotlib|mkdir|mv|pylab|rm|run|timeit)\s+[\w./~-].*"
)
_ESCAPES = ("%", "!", "?", ",", ";", "/")
_TOKEN = re.compile(
    r"""\"(?:\\.|[^\"\\])*\"|'(?:\\.|[^'\\])*'|[(\[{]|[)\]}]|[-+*/%&|^@<>=!:]=|=|\#|[\"']"""
)
_VALUE = re.compile(r"\s*(%time\s+(?P<timed>\S.*)|%(?P<magic>[^\W\d]\w*)|!)")
_CLASSIC = re.compile(r"\s*(>>>|\.\.\.)( |$)")
_NUMBERED = re.compile(r"(In \[\d+\]: ?|\s*\.{3,}: ?)")
_LEXEME = re.compile(r"""#|\"\"\"|'''|["']|[(\[{]|[)\]}]|\\$""")


def python_lines(cell: str) -> list[str]:
    """Return as many lines as the cell has, with IPython's own syntax removed."""
    lines = _without_prompts(cell.split("\n"))
    if _ALONE.fullmatch(cell):
        return ["pass"] * len(lines)
    above: list[str] = []
    for line in lines:
        magic = _CELL_MAGIC.match(line)
        if magic and magic[1] not in _PYTHON_CELLS:
            bound = "; ".join(f'{name} = ""' for name in _PRINTED.findall(magic[2]))
            return [*above, bound, *[""] * (len(lines) - len(above) - 1)]
        if line.strip() and not magic:
            break
        above.append(_of_cell_magic(magic) if magic else "")
    return above + _without_magics(_dedented(lines[len(above) :]))


def written_file(cell: str) -> tuple[str, str] | None:
    """Return the name and the text of the file that a cell writes, None if it writes none."""
    first, _, body = cell.lstrip().partition("\n")
    magic = _CELL_MAGIC.match(first)
    if magic is None or magic[1] not in {"writefile", "file"}:
        return None
    name = magic[2].replace(" -a ", " ").strip().strip("\"'")
    return (name, body) if name else None


def _of_cell_magic(magic: re.Match[str]) -> str:
    """Return the assignment in a cell magic's line: set-up of ``timeit``, result of ``capture``."""
    rest = magic[2]
    if magic[1] == "timeit":
        while option := _TIMEIT_OPTIONS.match(rest):
            rest = rest[option.end() :]
        return rest.strip()
    if magic[1] == "capture":
        name = rest.split("--")[0].strip()
        return f"{name} = get_ipython().captured()" if name.isidentifier() else ""
    return ""


def _without_prompts(lines: list[str]) -> list[str]:
    """Remove the prompts of a session that was pasted into a cell.

    Unless the result is valid Python, lines without a prompt behind the first one, which are
    printed results, are emptied as well.
    """
    for prompt, begins in ((_CLASSIC, ">>>"), (_NUMBERED, "In [")):
        first = _first_prompt(lines, begins)
        if first is not None:
            plain = lines[:first] + [prompt.sub("", line, count=1) for line in lines[first:]]
            if _is_python("\n".join(_without_magics(plain))):
                return plain
            return [
                text if at < first or prompt.match(line) else ""
                for at, (line, text) in enumerate(zip(lines, plain, strict=True))
            ]
    return lines


def _first_prompt(lines: list[str], begins: str) -> int | None:
    """Return the first line of a pasted session; strings and comments may only look like one."""
    state = _Lexer()
    for at, line in enumerate(lines):
        if state.between_statements and line.lstrip().startswith(begins):
            return at
        state.feed(line)
    return None


def _dedented(lines: list[str]) -> list[str]:
    """Remove the first line's indentation from every line, as IPython does."""
    first = lines[0] if lines else ""
    indent = first[: len(first) - len(first.lstrip())]
    return [line.removeprefix(indent) for line in lines]


def _without_magics(lines: list[str]) -> list[str]:
    """Replace IPython syntax, but only where a statement begins: ``% b`` may continue one."""
    result: list[str] = []
    state = _Lexer()
    at = 0
    while at < len(lines):
        line, end = lines[at], at + 1
        replaced = None
        if state.between_statements:
            while line.endswith("\\") and end < len(lines):
                line, end = line[:-1] + lines[end].lstrip(), end + 1
            replaced = python_for(line)
        if replaced is None:
            state.feed(lines[at])
            result.append(lines[at])
            at += 1
        else:
            result += [replaced] + [""] * (end - at - 1)
            at = end
    return result


def python_for(line: str) -> str | None:
    """Return the replacement of a line that only IPython understands, None for Python."""
    if timed := _TIMED.fullmatch(line):
        return timed[1] + timed[2]
    bare = line.lstrip()
    indent = line[: len(line) - len(bare)]
    if bare.startswith("%pylab"):
        return indent + _PYLAB
    if (
        bare.startswith(_ESCAPES)
        or _asks_for_help(line)
        or _INSTALL.fullmatch(line)
        or (_AUTOMAGIC.fullmatch(line) and not _is_python(bare))
    ):
        return indent + "pass"
    return _assignment(line)


def _asks_for_help(line: str) -> bool:
    """Return True if a line ends in a question mark that is in no string and no comment."""
    if "?" not in line or not _HELP.fullmatch(line):
        return False
    tokens = (token[0] for token in _TOKEN.finditer(line.partition("?")[0]))
    return not any(token in {"#", '"', "'"} for token in tokens)


def _assignment(line: str) -> str | None:
    """Return a line that keeps the result of a magic (``y = %time f(x)``), None for other lines."""
    if "%" not in line and "!" not in line:
        return None
    depth = 0
    for token in _TOKEN.finditer(line):
        match token[0]:
            case "(" | "[" | "{":
                depth += 1
            case ")" | "]" | "}":
                depth -= 1
            case "=" if depth == 0:
                value = _VALUE.match(line, token.end())
                return None if value is None else f"{line[: token.end()]} {_given_by(value)}"
            case "#" | '"' | "'":
                return None
    return None


def _given_by(value: re.Match[str]) -> str:
    """Return the value of a magic or a command: the timed expression, else an empty one."""
    if value["timed"] is not None:
        return value["timed"]
    if value["magic"] is None or value["magic"] in {"sx", "system"}:
        return "[]"  # the lines that the command would print
    if value["magic"] == "timeit":
        return "get_ipython().timed()"
    return '"."' if value["magic"] == "pwd" else "None"


def _is_python(text: str) -> bool:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # warnings about the student's "\d" are not ours
        try:
            ast.parse(text)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return False
    return True


class _Lexer:
    """A partial lexer of Python that tells whether a line begins a statement."""

    def __init__(self) -> None:
        self._quote = ""
        self._depth = 0
        self._continued = False

    @property
    def between_statements(self) -> bool:
        return not (self._quote or self._depth or self._continued)

    def feed(self, line: str) -> None:
        self._continued = False
        at = 0
        while at < len(line):
            at = self._in_string(line, at) if self._quote else self._in_code(line, at)
        if len(self._quote) == 1 and not line.endswith("\\"):
            self._quote = ""  # unterminated: the parser will report it

    def _in_string(self, line: str, at: int) -> int:
        while at < len(line):
            if line[at] == "\\":
                at += 2
            elif line.startswith(self._quote, at):
                at += len(self._quote)
                self._quote = ""
                return at
            else:
                at += 1
        return at

    def _in_code(self, line: str, at: int) -> int:
        found = _LEXEME.search(line, at)
        if found is None or found[0] == "#":
            return len(line)
        match found[0]:
            case "(" | "[" | "{":
                self._depth += 1
            case ")" | "]" | "}":
                self._depth = max(0, self._depth - 1)
            case "\\":
                self._continued = True
            case quote:
                self._quote = quote
        return found.end()
