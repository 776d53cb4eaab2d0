"""YAML with strings only: no typing, anchors, aliases or tags.

``yes``, ``0x10``, ``1e3`` and ``2024-01-01`` stay the text that the student wrote. The tree is
built from parse events, so that a file of nested aliases costs nothing. Duplicate keys are
recorded, and the first of the two is in the tree.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import yaml

from grader.course.unreadable import UnreadableSubmissionError
from grader.questions.invisible import visible

Node = str | list["Node"] | dict[str, "Node"]

# Levels and nodes of a document: no answer file comes near them, and a hostile one takes no longer
# than they allow.
_DEPTH_LIMIT = 5
_NODE_LIMIT = 5000


@dataclass(frozen=True)
class Again:
    """A duplicate key in a mapping; ``first``: the earlier one; ``root``: the outermost key."""

    mapping: dict[str, Node]
    first: str
    key: str
    node: Node
    line: int
    root: str


@dataclass(frozen=True)
class Document:
    """The content of a YAML text, None if it is empty, and its duplicate keys."""

    root: Node | None
    again: list[Again] = field(default_factory=list)


def load(text: str, name: str) -> Document:
    """Return the only document of a YAML text.

    Raises:
        UnreadableSubmissionError: ``read.yaml`` or ``read.yaml_alias``.

    """
    loader = None
    try:
        loader = _Loader(text)
        builder = _Builder(loader, name)
        return Document(builder.document(), builder.again)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line if mark else 0
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position)
    except (ValueError, OverflowError):
        # An escape such as "\UFFFFFFFF" that is no character, a version of ten thousand digits.
        line = loader.line if loader else 0
    raise UnreadableSubmissionError("read.yaml", file=name, line=line + 1)


def load_mapping(text: str, name: str) -> tuple[dict[str, Node], list[Again]]:
    """Return the mapping of a YAML text, empty for an empty text, and its duplicate keys.

    Raises:
        UnreadableSubmissionError: as `load`, or ``read.yaml_not_mapping``.

    """
    document = load(text, name)
    root = document.root
    if isinstance(root, dict):
        return root, document.again
    if root or isinstance(root, list):
        raise UnreadableSubmissionError("read.yaml_not_mapping", file=name)
    return {}, []


def same_key(text: str) -> str:
    """Return a key or choice in the form of ids: ``Mini-batch`` is ``mini_batch``."""
    return re.sub(r"[\s-]+", "_", visible(text).strip().casefold())


class _Loader(yaml.BaseLoader):
    """A parser without look-ahead through nested brackets, which would take quadratic time."""

    def fetch_flow_collection_start(self, token: type[yaml.Token]) -> None:
        """Refuse nesting beyond the limit where it begins."""
        if self.flow_level > _DEPTH_LIMIT:
            raise yaml.scanner.ScannerError(None, None, "nested too deeply", self.get_mark())
        super().fetch_flow_collection_start(token)


class _Builder:
    """Builds the tree of one document from its parse events."""

    def __init__(self, loader: _Loader, name: str) -> None:
        self._events: Iterator[yaml.Event] = iter(loader.get_event, None)
        self._name = name
        self._nodes = 0
        self._root = ""
        self.again: list[Again] = []

    def document(self) -> Node | None:
        next(self._events)  # StreamStartEvent
        if isinstance(next(self._events), yaml.StreamEndEvent):
            return None
        root = self._node(next(self._events), 1)
        next(self._events)  # DocumentStartEvent
        after = next(self._events)
        if not isinstance(after, yaml.StreamEndEvent):
            raise self._broken(after)
        return root

    def _node(self, event: yaml.Event, depth: int) -> Node:
        self._nodes += 1
        if depth > _DEPTH_LIMIT or self._nodes > _NODE_LIMIT:
            raise self._broken(event)
        anchored = isinstance(event, yaml.NodeEvent) and event.anchor is not None
        if anchored or getattr(event, "tag", None) is not None:
            raise UnreadableSubmissionError("read.yaml_alias", line=_line(event))
        if isinstance(event, yaml.ScalarEvent):
            return str(event.value)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(depth)
        return self._mapping(depth)

    def _sequence(self, depth: int) -> list[Node]:
        items: list[Node] = []
        while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
            items.append(self._node(event, depth + 1))
        return items

    def _mapping(self, depth: int) -> dict[str, Node]:
        pairs: dict[str, Node] = {}
        seen: dict[str, str] = {}
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            key = self._node(event, depth + 1)
            if not isinstance(key, str):
                raise self._broken(event)
            if depth == 1:
                self._root = same_key(key)
            line, node = _line(event), self._node(next(self._events), depth + 1)
            first = seen.setdefault(same_key(key), key)
            if first in pairs:
                self.again.append(Again(pairs, first, key, node, line, self._root))
            else:
                pairs[key] = node
        return pairs

    def _broken(self, event: yaml.Event) -> UnreadableSubmissionError:
        return UnreadableSubmissionError("read.yaml", file=self._name, line=_line(event))


def _line(event: yaml.Event) -> int:
    mark = event.start_mark
    return mark.line + 1 if mark else 1
