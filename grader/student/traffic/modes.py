"""Recording of a call's operations by torch's modes, which see each before it is executed."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any

import torch
from torch.overrides import TorchFunctionMode
from torch.utils._python_dispatch import TorchDispatchMode

from grader.student.traffic import private
from grader.student.traffic.waiting import Crossing, on_device, read_on_host

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from grader.student.traffic.account import Account
    from grader.student.traffic.memory import Storages

_MAKERS = frozenset({"as_tensor", "asarray", "new_tensor", "tensor"})
_PRINTERS = frozenset({"__format__", "__repr__"})


@contextlib.contextmanager
def watching(account: Account) -> Iterator[None]:
    """Record operations in an account meanwhile, those of autograd's threads included.

    Modes that the submission enters and never leaves stay in force.
    """
    operations, calls = _Operations(account), _Calls(account)
    with _waits_noted(account), operations.entered(), calls.entered():
        yield


class _Operations(TorchDispatchMode):  # type: ignore[no-untyped-call]
    """Sees every operation that is started, by Python or by torch itself."""

    def __init__(self, account: Account) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._account = account

    @classmethod
    def _should_skip_dynamo(cls) -> bool:
        """Opt out of torch's wrapping of modes, which imports its compiler, for a second."""
        return False

    def __torch_dispatch__(
        self, func: Any, types: Any, args: Any = (), kwargs: dict[str, Any] | None = None
    ) -> Any:
        del types
        kwargs = kwargs or {}
        given: Storages = {}
        # Values may raise when they are inspected, which is no fault of a result.
        with contextlib.suppress(Exception):
            given = self._account.before(func, args, kwargs)
        result = func(*args, **kwargs)
        with contextlib.suppress(Exception):
            self._account.operation(func, args, kwargs, result, given)
        return result

    @contextlib.contextmanager
    def entered(self) -> Iterator[None]:
        """Enable the mode meanwhile."""
        self.__enter__()  # type: ignore[no-untyped-call]
        try:
            yield
        finally:
            private.leave_dispatch(self)


class _Calls(TorchFunctionMode):
    """Sees what torch does without starting an operation: printing, and reading lists."""

    def __init__(self, account: Account) -> None:
        super().__init__()
        self._account = account

    def __torch_function__(
        self, func: Any, types: Any, args: Any = (), kwargs: dict[str, Any] | None = None
    ) -> Any:
        del types
        kwargs = kwargs or {}
        with contextlib.suppress(Exception):
            self._note(getattr(func, "__name__", ""), args, kwargs)
        return func(*args, **kwargs)

    def _note(self, name: str, args: Any, kwargs: dict[str, Any]) -> None:
        if name in _PRINTERS and on_device(args[0]):
            # A single number is formatted as such, and read by an operation.
            if name == "__repr__" or args[0].dim() > 0:
                self._account.event(Crossing("synchronise", "print"))
        elif name in _MAKERS:
            found = read_on_host(args[-1] if args else kwargs.get("data"))
            if found is not None:
                self._account.event(found)

    @contextlib.contextmanager
    def entered(self) -> Iterator[None]:
        """Enable the mode meanwhile."""
        self.__enter__()  # type: ignore[no-untyped-call]
        try:
            yield
        finally:
            private.leave_function(self)


@contextlib.contextmanager
def _waits_noted(account: Account) -> Iterator[None]:
    """Record explicit waits: Python functions that start no operation."""
    homes = [torch.cuda, torch.accelerator]
    plain = [home.synchronize for home in homes]

    def noting(wait: Callable[..., None]) -> Callable[..., None]:
        def synchronize(*args: Any, **kwargs: Any) -> None:
            wait(*args, **kwargs)
            account.event(Crossing("synchronise", "synchronize"))

        return synchronize

    for home, wait in zip(homes, plain, strict=True):
        home.synchronize = noting(wait)  # type: ignore[attr-defined]
    try:
        yield
    finally:
        for home, wait in zip(homes, plain, strict=True):
            home.synchronize = wait  # type: ignore[attr-defined]
