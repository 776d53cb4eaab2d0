"""The top level of a submission: run as Python runs it, but continuing after a failed statement.

A right function is not lost because of a plot below it. If a statement raises, that is noted and
the next one is run, as in a notebook after a failed cell. Nothing is skipped if nothing raises: the
whole source is compiled and run at once, and split into statements only when that has failed.
"""

from __future__ import annotations
import __future__

import ast
import functools
import inspect
import itertools
import operator
import os
import re
import sys
import warnings
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NoReturn, TypeGuard

from grader.student.patience import Patience, TooLongError

if TYPE_CHECKING:
    import asyncio
    import types
    from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

    Describe = Callable[[BaseException], dict[str, Any]]

_WITH_ANNOTATIONS = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.AnnAssign
# Notes that are kept, and names that are kept for a note: a file of a thousand failing lines must
# not fill the reply. The number of notes is counted beyond it.
NOTES_LIMIT = 50
NAMES_LIMIT = 100
_INDENTED = re.compile(r"^[ \t]+(import|from)\b|[:;][ \t]*(import|from)\b", re.MULTILINE)
"""An import inside a function or a block, or text that looks like one."""
_RESULTS = re.compile(r"(?<![\w.])(_{1,3}\d*|Out)(?!\w)")
"""The result of another cell, or a name that the submission uses itself."""
_quietly = functools.partial(warnings.catch_warnings, action="ignore")
"""The first compilation has shown a source's warnings already, possibly as errors."""
_AWAIT = ast.PyCF_ALLOW_TOP_LEVEL_AWAIT


@dataclass(frozen=True)
class Source:
    """A source and how to run it.

    ``cells``: of a notebook, the line where each cell begins, ``numbers`` what it is called; a
    cell with a syntax error is left out alone. ``skip``: the first lines of statements that took
    too long or too much memory in an earlier run, and why: ``late`` or ``memory``. ``helper``: it
    is not the answer itself. ``asked``: the functions that are to be written; of a helper any may
    be used.
    """

    filename: str
    text: str
    cells: Sequence[int] = ()
    skip: Mapping[int, str] = field(default_factory=dict)
    helper: bool = False
    asked: Collection[str] | None = None
    numbers: Sequence[int] = ()


class Notes:
    """The statements that were left out of a submission and of the helpers that it imports.

    A note is the description of an exception, where the statement begins (``first``), in which
    helper (``beside``), and the ``names`` that are not bound because of it.
    """

    def __init__(self) -> None:
        self.kept: list[dict[str, Any]] = []
        self.count = 0
        self._causes: dict[str, dict[str, Any]] = {}

    def add(self, note: dict[str, Any], names: Sequence[str]) -> None:
        """Keep a note, up to NOTES_LIMIT.

        Without ``import matplotlib.pyplot as plt`` no line with ``plt`` can run: that is one note.
        """
        cause = None
        if note["why"] == "name":
            cause = self._causes.get(note["module"]) or self._causes.get("*")
        if cause is None:
            cause = {**note, "names": []}
            self.count += 1
            if len(self.kept) < NOTES_LIMIT:
                self.kept.append(cause)
        self._lacking(cause, names)

    def lose(self, name: str, because: str) -> None:
        """Record that a name is unbound for the same reason as another one."""
        if because in self._causes:
            self._lacking(self._causes[because], [name])

    def order(self, namespace: Mapping[str, Any]) -> None:
        """Mark names that were undefined only because a later statement binds them."""
        for note in self.kept:
            if note["why"] == "name" and note["module"] in namespace:
                note["why"] = "order"

    def _lacking(self, cause: dict[str, Any], names: Sequence[str]) -> None:
        for name in names:
            self._causes.setdefault(name, cause)
            if len(cause["names"]) < NAMES_LIMIT:
                cause["names"].append(name[:100])


class TopLevel:
    """The statements of a source, to be run in a namespace; those left out are noted.

    ``seconds``: CPU time that they may take in all, 0: without limit.
    """

    def __init__(
        self,
        source: Source,
        namespace: dict[str, Any],
        describe: Describe,
        notes: Notes,
        seconds: float = 0.0,
    ) -> None:
        self._source = source
        self._namespace = namespace
        self._describe = describe
        self._notes = notes
        self._patience = Patience(seconds)
        self._flags = 0
        self._noted_inside: set[tuple[str, int]] = set()
        self._keeps_results = bool(source.cells) and _RESULTS.search(source.text) is not None

    def run(self) -> None:
        """Run all statements.

        Raises:
            SyntaxError: Python cannot parse the source.
            BaseException: it stopped the run, and no statement can be blamed for it.

        """
        leave, kill = os._exit, os.kill
        os._exit, os.kill = _exit, functools.partial(_kill, kill)
        try:
            self._run()
        finally:
            self._patience.end()
            if "_runner" in vars(self):
                self._runner.close()
            os._exit, os.kill = leave, kill
            self._notes.order(self._namespace)

    def _run(self) -> None:
        try:
            source = self._source.text
            plain = not (_INDENTED.search(source) or self._keeps_results)
            code = compile(
                source if plain else self._parsed(source),
                self._source.filename,
                "exec",
                dont_inherit=True,
            )
        except SyntaxError as error:
            self._run_each(self._unfit_for_a_file(error))
            return
        if self._source.skip:
            self._run_each(self._statements(self._source.text))
            return
        stopped = self._execute(code)
        if stopped is None:
            return
        self._flags = code.co_flags & _FEATURES
        place = _place(stopped, code)
        if place is None:
            raise stopped
        self._go_on(stopped, place)

    def _go_on(self, stopped: BaseException, place: tuple[int, int]) -> None:
        """Run the statements below the one that was stopped at that line and column."""
        statements = self._statements(self._source.text)
        begun = sum(statement.start <= place for statement in statements)
        last = statements[begun - 1]
        if last.shared:  # the names of one import: each separately
            begun = next(at for at, one in enumerate(statements) if one.start == last.start)
        else:
            self._pass_over(stopped, last)
        self._run_each(statements[begun:])

    def _run_each(self, statements: Sequence[Statement]) -> None:
        for statement in statements:
            why = self._source.skip.get(statement.start[0])
            if why is not None:
                self._note(MemoryError() if why == "memory" else TooLongError(), statement)
                continue
            try:
                code = self._compiled([statement])
            except SyntaxError as error:  # of a notebook, or never reached in a file
                self._note(error, statement)
                continue
            stopped = self._execute(code)
            if stopped is not None:
                self._pass_over(stopped, statement)

    def _pass_over(self, stopped: BaseException, statement: Statement) -> None:
        """Note a statement that was stopped, unless it can run without the undefined name.

        ``def softmax(x: torch.Tensor)`` without torch: annotations have no effect on the result.
        """
        if isinstance(stopped, NameError) and isinstance(statement.node, _WITH_ANNOTATIONS):
            code = self._compiled([statement], __future__.annotations.compiler_flag)
            if self._execute(code) is None:
                return
        self._note(stopped, statement)

    def _compiled(self, statements: list[Statement], features: int = 0) -> types.CodeType:
        tree = ast.Module(body=[statement.node for statement in statements], type_ignores=[])
        flags = self._flags | features | _AWAIT
        with _quietly():
            code: types.CodeType = compile(
                tree, self._source.filename, "exec", flags, dont_inherit=True
            )
        return code

    def _execute(self, code: types.CodeType) -> BaseException | None:
        """Run code and return the exception that stopped it."""
        try:
            with self._patience:
                if code.co_flags & inspect.CO_COROUTINE:
                    self._runner.run(eval(code, self._namespace))  # noqa: S307
                else:
                    exec(code, self._namespace)  # noqa: S102 - the purpose of all this
        except BaseException as error:  # noqa: BLE001 - whatever a submission raises
            return error
        return None

    @functools.cached_property
    def _runner(self) -> asyncio.Runner:
        """The event loop of all code that awaits."""
        import asyncio  # noqa: PLC0415 - few submissions await anything

        return asyncio.Runner()

    def _unfit_for_a_file(self, error: SyntaxError) -> list[Statement]:
        """Return the statements of a source that Python refuses as a whole.

        A notebook, also one that was saved as a file, may use ``await`` and import from
        ``__future__`` anywhere.

        Raises:
            SyntaxError: ``error``, if it has another reason.

        """
        if "asyncio" in self._source.text:
            self._runner.get_loop()  # asyncio.get_event_loop may be called before anything awaits
        if self._source.cells:
            return self._of_cells()
        try:
            statements = self._statements(self._source.text)
            self._compiled([one for one in statements if not _is_future(one.node)])
        except SyntaxError:
            raise error from None
        self._add({**self._describe(error), "why": "notebook"}, error.lineno or 1, ())
        return statements

    def _of_cells(self) -> list[Statement]:
        lines = self._source.text.split("\n")
        ends = [*(first - 1 for first in self._source.cells[1:]), len(lines)]
        statements: list[Statement] = []
        for first, end in zip(self._source.cells, ends, strict=True):
            above = "\n" * (first - 1)
            try:
                statements += self._statements(above + "\n".join(lines[first - 1 : end]) + "\n")
            except SyntaxError as error:
                self._add(self._describe(error), first, ())
        return statements

    def _parsed(self, source: str) -> ast.Module:
        """Return the tree of a source, its inner imports and its cells' results rewritten."""
        tree = ast.parse(source, self._source.filename)
        if _INDENTED.search(source):
            from grader.student.imports import replace  # noqa: PLC0415 - few need it

            replace(tree, self._source.asked, self._note_inside)
        if self._keeps_results:
            from grader.student.shell import keep_results  # noqa: PLC0415 - few need it

            keep_results(tree, source, self._source.cells, self._source.numbers)
        return tree

    def _statements(self, source: str) -> list[Statement]:
        """Return the statements of a source; an import of several names becomes several."""
        statements: list[Statement] = []
        with _quietly():
            tree = self._parsed(source)
        for node in tree.body:
            if _is_future(node):
                for name in node.names:
                    self._flags |= getattr(__future__, name.name).compiler_flag
            statements += _parts(node)
        return statements

    def _note(self, error: BaseException, statement: Statement) -> None:
        from grader.student.imports import bound, stand_ins  # noqa: PLC0415 - few need them

        if isinstance(error, ModuleNotFoundError):
            for name, stand_in in stand_ins(statement.node).items():
                self._namespace.setdefault(name, stand_in)
        self._add(self._describe(error), statement.start[0], bound(statement.node))

    def _note_inside(self, module: str, name: str, line: int) -> None:
        """Note a failed import inside a function or a block, once."""
        if (name, line) not in self._noted_inside:
            self._noted_inside.add((name, line))
            error = ModuleNotFoundError(f"No module named {module!r}", name=module)
            self._add(self._describe(error), line, [name])

    def _add(self, description: dict[str, Any], first: int, names: Sequence[str]) -> None:
        self._notes.add(
            {
                **description,
                "first": first,
                "beside": self._source.filename if self._source.helper else None,
            },
            names,
        )


@dataclass(frozen=True)
class Statement:
    """A statement of the top level and where it begins: line from 1, column from 0.

    ``shared``: one of several names of an import, which all begin at the same position.
    """

    node: ast.stmt
    start: tuple[int, int]
    shared: bool = False


_FEATURES = functools.reduce(
    operator.or_, (getattr(__future__, name).compiler_flag for name in __future__.all_feature_names)
)


def stood_in_for(value: object) -> str | None:
    """Return the name of a failed import that this stand-in replaces, None for other values."""
    absent = sys.modules.get("grader.student.missing_libraries")
    if absent is None or not isinstance(value, absent.Absent):
        return None
    name: str = absent.name_of(value)
    return name


def _exit(status: int = 0) -> NoReturn:
    """Replace ``os._exit`` while a file is loaded, so that the functions above it can be called."""
    raise SystemExit(status)


def _kill(kill: Callable[[int, int], None], process: int, signal: int) -> None:
    """Replace ``os.kill`` likewise: notebooks restart by killing their own process."""
    if process in {0, -1, os.getpid()}:
        raise SystemExit(signal)
    kill(process, signal)


def _is_future(node: ast.stmt) -> TypeGuard[ast.ImportFrom]:
    """Return True if a statement imports ``__future__`` features that this Python knows."""
    known = __future__.all_feature_names
    return (
        isinstance(node, ast.ImportFrom)
        and node.module == "__future__"
        and all(name.name in known for name in node.names)
    )


def _parts(node: ast.stmt) -> Iterator[Statement]:
    """Yield a statement, or one for each name of an import: each may fail alone."""
    decorators = getattr(node, "decorator_list", [])
    first = min([node, *decorators], key=lambda one: one.lineno)
    start = (first.lineno, 0 if decorators else node.col_offset)
    if not isinstance(node, ast.Import | ast.ImportFrom) or len(node.names) == 1:
        yield Statement(node, start)
        return
    from grader.student.imports import single  # noqa: PLC0415 - few need it

    for part in single(node):
        yield Statement(part, start, shared=True)


def _place(error: BaseException, code: types.CodeType) -> tuple[int, int] | None:
    """Return the line and column in a code object at which an exception left it."""
    traceback = error.__traceback__
    while traceback is not None and traceback.tb_frame.f_code is not code:
        traceback = traceback.tb_next
    if traceback is None:
        return None
    at = traceback.tb_lasti // 2  # co_positions has an entry for every two bytes
    line, _, column, _ = next(itertools.islice(code.co_positions(), at, None))
    return (line or traceback.tb_lineno, column or 0)
