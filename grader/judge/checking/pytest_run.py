"""Running pytest as the judge: fixed configuration, isolated from the working directory, silent."""

from __future__ import annotations

import contextlib
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from grader.judge.failures import ArgumentValue, Finding, SystemFaultError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    Conclude = Callable[[pytest.Item, BaseException | None], object]
    Direct = Callable[[pytest.Item], Callable[[], object] | None]

UNUSED = [
    "cacheprovider",
    "terminal",
    "logging",
    "faulthandler",
    "doctest",
    "junitxml",
    "stepwise",
    "pastebin",
    "unraisableexception",
    "threadexception",
    "warnings",
    "capture",
    "debugging",
    "unittest",
    "tmpdir",
    "setuponly",
    "setupplan",
    "legacypath",
    "recwarn",
    "monkeypatch",
    "skipping",
    "subtests",
    "pytester",
]
IGNORED = ("PYTEST_ADDOPTS", "PYTEST_PLUGINS", "PYTEST_DEBUG")


class _Broken:
    """Keeps an internal error of pytest, which would print it and continue."""

    error: BaseException | None = None

    def pytest_internalerror(self, excinfo: pytest.ExceptionInfo[BaseException]) -> bool:
        """Keep the exception for the caller of `run`; print nothing."""
        self.error = excinfo.value
        return True


def run(path: Path, plugin: object) -> None:
    """Run pytest on one file with one plugin, isolated from its surroundings.

    Raises:
        BaseException: the internal error of pytest, or KeyboardInterrupt.
        SystemFaultError: pytest itself fails.

    """
    arguments = [option for name in UNUSED for option in ("-p", f"no:{name}")]
    arguments += [
        "-c",
        os.devnull,
        f"--rootdir={path.parent}",
        # Otherwise all parent folders are listed, some of which may be unreadable.
        f"--confcutdir={path.parent}",
        "--noconftest",
        "--import-mode=importlib",
        "--assert=plain",
        str(path),
    ]
    broken = _Broken()
    with _shut_off(), contextlib.redirect_stdout(sys.stderr):
        try:
            code = pytest.main(arguments, plugins=[plugin, broken])
        finally:
            _forget(path)
    if isinstance(broken.error, Exception):
        raise broken.error
    if broken.error is not None:  # SystemExit and its like must not end the grader
        where: dict[str, ArgumentValue] = {"file": path.name, "field": type(broken.error).__name__}
        raise SystemFaultError(Finding("author.exercise", where), repr(broken.error))
    if code == pytest.ExitCode.INTERRUPTED:
        raise KeyboardInterrupt
    if code in {pytest.ExitCode.INTERNAL_ERROR, pytest.ExitCode.USAGE_ERROR}:
        raise SystemFaultError(Finding("system.fault", {"type": "pytest"}), str(code))


def run_items(
    items: Sequence[pytest.Item],
    conclude: Conclude,
    direct: Direct = lambda _: None,
    *,
    again: bool,
) -> None:
    """Run collected items in order; ``again``: they have been run before.

    Replaces pytest's own protocol, whose reports take longer than many a check. ``direct`` returns
    the call that runs an item without pytest's hooks and fixtures; None where it needs them.
    """
    for number, item in enumerate(items, start=1):
        run = direct(item) if again else None
        if run is not None:
            conclude(item, _error_of(run))
            continue
        if again:
            # Private, but every plugin that reruns items calls it.
            item._initrequest()  # type: ignore[attr-defined]  # noqa: SLF001
        following = items[number] if number < len(items) else None
        hooks = item.ihook
        error = _error_of(hooks.pytest_runtest_setup, item=item)
        if error is None:
            error = _error_of(hooks.pytest_runtest_call, item=item)
        conclude(item, error)
        error = _error_of(hooks.pytest_runtest_teardown, item=item, nextitem=following)
        if error is not None:
            conclude(item, error)


def _error_of(
    phase: Callable[..., object], **arguments: pytest.Item | None
) -> BaseException | None:
    """Return the exception of a phase, unless the judge itself is to end."""
    try:
        phase(**arguments)
    except (KeyboardInterrupt, pytest.exit.Exception):
        raise
    except BaseException as error:  # noqa: BLE001 - also SystemExit says how a check ended
        return error
    return None


def _forget(path: Path) -> None:
    """Remove the checks from sys.modules: those of the next exercise have the same name."""
    # A copy is made in one step: while a list of items is made, collected garbage may import more.
    for name, module in sys.modules.copy().items():
        if getattr(module, "__file__", None) == str(path):
            del sys.modules[name]


@contextlib.contextmanager
def _shut_off() -> Iterator[None]:
    """Ignore pytest's environment variables, foreign plugins and the working directory."""
    kept_environment = {name: os.environ.pop(name) for name in IGNORED if name in os.environ}
    autoload = os.environ.get("PYTEST_DISABLE_PLUGIN_AUTOLOAD")
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    kept_path = list(sys.path)
    here = Path.cwd()
    sys.path[:] = [entry for entry in sys.path if entry and Path(entry) != here]
    try:
        yield
    finally:
        sys.path[:] = kept_path
        os.environ.update(kept_environment)
        if autoload is None:
            del os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"]
        else:
            os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = autoload
