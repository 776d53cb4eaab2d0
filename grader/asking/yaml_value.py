"""Answers as YAML text that reads back as exactly the same answer."""

from __future__ import annotations

import json
import textwrap
from typing import TYPE_CHECKING

from grader.course.unreadable import UnreadableSubmissionError
from grader.questions import plain_yaml

if TYPE_CHECKING:
    from collections.abc import Iterator

    from grader.questions.plain_yaml import Node

_INDENT = "  "


def flow(node: Node) -> str:
    """Return an answer on one line: ``[a, b]``, ``{x: 1}``, or a text, quoted where it must be."""
    if isinstance(node, list):
        return f"[{', '.join(_scalar(item, inside=True) for item in node)}]"
    if isinstance(node, dict):
        pairs = (f"{key}: {_scalar(value, inside=True)}".rstrip() for key, value in node.items())
        return f"{{{', '.join(pairs)}}}"
    return _scalar(node, inside=False)


def beside_key(node: Node, margin: str = "") -> str:
    """Return an answer as written after the colon of a key that is indented by ``margin``.

    A text of several lines, and a mapping, begin below the key.
    """
    if isinstance(node, dict):
        parts = (f"\n{margin}{_INDENT}{key}: {flow(value)}".rstrip() for key, value in node.items())
        return "".join(parts)
    if isinstance(node, str) and "\n" in node:
        return f" {_block(node, margin + _INDENT)}"
    text = flow(node)
    return f" {text}" if text else ""


def same(one: Node | None, other: Node | None) -> bool:
    """Return whether two answers are equal but for the end of line of a text block."""
    if isinstance(one, str) and isinstance(other, str):
        return one.rstrip("\n") == other.rstrip("\n")
    return one == other


def _block(text: str, margin: str) -> str:
    """Return a literal block; a first line that begins with spaces needs its indent said."""
    said = str(len(margin)) if text.startswith((" ", "\n")) else ""
    return f"|{said}\n{textwrap.indent(text.rstrip(), margin)}"


def _scalar(node: Node, *, inside: bool) -> str:
    if not isinstance(node, str):
        return flow(node)
    return next(form for form in _forms(node) if _reads_back(form, node, inside=inside))


def _forms(text: str) -> Iterator[str]:
    if "\n" not in text:
        yield text
        yield "'{}'".format(text.replace("'", "''"))
    yield json.dumps(text, ensure_ascii=False)
    yield json.dumps(text)


def _reads_back(form: str, text: str, *, inside: bool) -> bool:
    line = f"[{form}]" if inside else f"k: {form}"
    try:
        root = plain_yaml.load(line, "").root
    except UnreadableSubmissionError:
        return False
    return root == ([text] if inside else {"k": text})
