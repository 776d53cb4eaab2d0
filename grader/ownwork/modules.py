"""A submission of several files: the answer, and those files beside it that it imports."""

from __future__ import annotations

import ast
from itertools import pairwise
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from grader.ownwork.look import look
from grader.ownwork.scopes import Scopes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from grader.ownwork.policy import Policy


class Place(NamedTuple):
    """The position of a disallowed name: a line, and a file beside the answer or None."""

    line: int
    name: str
    file: str | None = None


class Sources(NamedTuple):
    """The text of an answer; the lines at which its cells begin; the files beside it by path."""

    answer: str
    cells: Sequence[int] = ()
    helpers: Mapping[str, str] = MappingProxyType({})


def places(
    sources: Sources, tree: ast.Module, asked: Sequence[str], policy: Policy, given: Iterable[str]
) -> list[Place]:
    """Return the disallowed names that the functions ``asked`` use, in all files.

    ``given`` are modules that come with the exercise.

    Raises:
        SyntaxError: an imported file cannot be parsed.

    """
    tops = {path.partition("/")[0].removesuffix(".py") for path in sources.helpers}
    own = (*given, *tops)
    looked = look(tree, asked, policy, own, imports=bool(sources.helpers))
    found = [Place(*sighting) for sighting in looked.found]
    waiting, seen = list(looked.imported), set[tuple[str, frozenset[str]]]()
    while waiting:
        module, used = waiting.pop()
        path = _path(module, sources.helpers)
        if (module, used) in seen or path is None:
            continue
        seen.add((module, used))
        helper = ast.parse(sources.helpers[path])
        scopes = Scopes(helper)
        names = [name for name in used if name in scopes.module.bindings or scopes.stars]
        looked = look(helper, names, policy, own, imports=True)
        found += [Place(*sighting, path) for sighting in looked.found]
        waiting += looked.imported
    return sorted(set(found), key=lambda place: (place.file or "", place.line, place.name))


def parsed(sources: Sources) -> ast.Module:
    """Return the syntax tree of an answer; cells of a notebook that are not Python are left out.

    Raises:
        SyntaxError: the answer cannot be parsed.

    """
    try:
        return ast.parse(sources.answer)
    except SyntaxError:
        if len(sources.cells) <= 1:
            raise
        return ast.Module([node for cell in _cells(sources) for node in cell], [])


def _cells(sources: Sources) -> Iterator[list[ast.stmt]]:
    lines = sources.answer.split("\n")
    for first, following in pairwise([*sources.cells, len(lines) + 1]):
        try:
            tree = ast.parse("\n".join(lines[first - 1 : following - 1]))
        except SyntaxError:
            continue
        yield ast.increment_lineno(tree, first - 1).body


def _path(module: str, helpers: Mapping[str, str]) -> str | None:
    base = module.replace(".", "/")
    return next((path for path in (f"{base}.py", f"{base}/__init__.py") if path in helpers), None)
