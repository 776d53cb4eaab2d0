"""Changes of single answers in the text of an answer file; every other character stays."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import yaml

from grader.asking.yaml_value import beside_key, flow
from grader.errors import GraderError
from grader.questions.plain_yaml import same_key

if TYPE_CHECKING:
    from grader.questions.plain_yaml import Node

_COMMENT = re.compile(r"[ \t]+#[^\n]*")
_REST_OF_LINE = re.compile(r"[ \t]*(?=\n|\Z)")


class NotEditableError(GraderError):
    """The text has a form in which an answer cannot be replaced alone."""


def with_answer(text: str, question: str, node: Node, part: str = "") -> str:
    """Return the text with another answer to a question that is named there.

    ``part``: the key of a mapping ``node`` that alone has changed; the other parts, and comments
    between them, stay as they are where the file has them as a mapping.

    Raises:
        NotEditableError: the text is no mapping of names to answers, or lacks the question.

    """
    pairs = _mapping(_root(text)).value
    key, value = _pair(pairs, question)
    if part and isinstance(node, dict) and isinstance(value, yaml.MappingNode):
        return _with_part(text, value, part, node)
    return _replaced(text, key, value, node)


def has_question(text: str, question: str) -> bool:
    """Return whether a text that can be edited names a question."""
    try:
        _pair(_mapping(_root(text)).value, question)
    except NotEditableError:
        return False
    return True


def _root(text: str) -> yaml.Node:
    try:
        root = yaml.compose(text, yaml.BaseLoader)
    except (yaml.YAMLError, ValueError, RecursionError):
        root = None
    if root is None:
        raise NotEditableError("no YAML, or empty")
    return root


def _mapping(root: yaml.Node) -> yaml.MappingNode:
    if not isinstance(root, yaml.MappingNode) or root.flow_style or root.start_mark.column:
        raise NotEditableError("no mapping of names to answers")
    return root


def _pair(pairs: list[tuple[yaml.Node, yaml.Node]], name: str) -> tuple[yaml.ScalarNode, yaml.Node]:
    found = [
        (key, value)
        for key, value in pairs
        if isinstance(key, yaml.ScalarNode) and same_key(key.value) == name
    ]
    if len(found) != 1:
        raise NotEditableError(f"{name} stands {len(found)} times")
    return found[0]


def _with_part(text: str, mapping: yaml.MappingNode, part: str, node: dict[str, Node]) -> str:
    """Return the text with another value of one key of a mapping."""
    try:
        key, value = _pair(mapping.value, part)
    except NotEditableError:
        if mapping.flow_style or not mapping.value:
            return _spliced(text, mapping.start_mark.index, _end(mapping, text), flow(node))
        first, last = mapping.value[0][0], mapping.value[-1][1]
        margin = " " * first.start_mark.column
        end = _end_of_line(text, _end(last, text))
        return _spliced(text, end, end, f"\n{margin}{part}:{beside_key(node[part], margin)}")
    if mapping.flow_style:
        return _spliced(text, _behind(text, key), _end(value, text), f" {flow([node[part]])[1:-1]}")
    return _replaced(text, key, value, node[part])


def _replaced(text: str, key: yaml.ScalarNode, value: yaml.Node, node: Node) -> str:
    """Return the text with another value behind a key of a block mapping.

    A comment on the line of the key stays there.
    """
    margin = " " * key.start_mark.column
    start, end = _behind(text, key), max(_end(value, text), _behind(text, key))
    new = beside_key(node, margin)
    if "\n" in text[start : value.start_mark.index] and end > start:
        # The value begins on a line of its own, below comments if there are any.
        comment = _COMMENT.match(text, start)
        kept = comment[0] if comment else ""
        return _spliced(text, start, end, _around(new, kept))
    rest = _REST_OF_LINE.match(text, end)
    if rest is not None:
        return _spliced(text, start, rest.end(), new)
    comment = _COMMENT.match(text, end)
    if comment is not None and "\n" in new:
        return _spliced(text, start, comment.end(), _around(new, comment[0]))
    return _spliced(text, start, end, new)


def _around(new: str, comment: str) -> str:
    """Return a value with a comment at the end of its first line."""
    first, line_end, below = new.partition("\n")
    return f"{first}{comment}{line_end}{below}"


def _behind(text: str, key: yaml.Node) -> int:
    """Return the place behind the colon of a key."""
    return text.index(":", key.end_mark.index) + 1


def _end(node: yaml.Node, text: str) -> int:
    """Return the end of a value, without the empty lines and comments below it."""
    if isinstance(node, yaml.MappingNode) and not node.flow_style and node.value:
        return _end(node.value[-1][1], text)
    if isinstance(node, yaml.SequenceNode) and not node.flow_style and node.value:
        return _end(node.value[-1], text)
    start, end = node.start_mark.index, node.end_mark.index
    return start + len(text[start:end].rstrip())


def _end_of_line(text: str, at: int) -> int:
    end = text.find("\n", at)
    return len(text) if end < 0 else end


def _spliced(text: str, start: int, end: int, new: str) -> str:
    return f"{text[:start]}{new}{text[end:]}"
