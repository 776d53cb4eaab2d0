"""Looks for programs that are written on one line, with escaped line breaks."""

import ast
import re
from collections.abc import Iterator

DEFINING = (
    ast.FunctionDef,
    ast.AsyncFunctionDef,
    ast.ClassDef,
    ast.Import,
    ast.ImportFrom,
)
NAME = "_"
PLAIN = re.compile(r"""\w*r\w*["']|\w*(?:\"{3}|'{3})""", re.IGNORECASE)


def escaped_programs(source: str) -> list[int]:
    """Return the lines on which a program begins that is no block of lines.

    A program is Python of at least two lines that defines or imports something; what an f-string
    puts in counts as a name, and a line of nothing else does not count. Strings with characters
    that no block can show are left alone.
    """
    return sorted(
        node.lineno
        for node, text in _strings(ast.parse(source))
        if _has_own_lines(text) and _is_program(text) and _is_escaped(source, node)
    )


def _is_escaped(source: str, node: ast.expr) -> bool:
    literal = ast.get_source_segment(source, node) or ""
    return not PLAIN.match(literal) and literal.replace(r"\\", "").count(r"\n") > 1


def _strings(tree: ast.AST) -> Iterator[tuple[ast.expr, str]]:
    inside = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            inside |= {id(part) for part in ast.walk(node)}
            parts = (part.value if isinstance(part, ast.Constant) else NAME for part in node.values)
            yield node, "".join(map(str, parts))
        elif isinstance(node, ast.Constant) and id(node) not in inside:
            value = node.value
            if isinstance(value, bytes):
                value = value.decode("latin-1")
            if isinstance(value, str):
                yield node, value


def _has_own_lines(text: str) -> bool:
    lines = [line for line in text.split("\n") if line.strip() not in {"", NAME}]
    return len(lines) > 1 and all(map(str.isprintable, lines))


def _is_program(text: str) -> bool:
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError):
        return False
    return any(isinstance(node, DEFINING) for node in ast.walk(tree))
