"""Auto-graded exercises and quizzes on the foundations of neural networks.

The names below are what the author of a check imports, and what ``%load_ext grader`` calls. They
are loaded on first use, so that ``import grader`` costs nothing to the commands that judge nothing.
"""

from __future__ import annotations

import sys
from importlib import import_module
from typing import TYPE_CHECKING, Any

# Older versions read this file, and few others of the package.
if sys.version_info < (3, 11):  # noqa: UP036
    _here = ".".join(map(str, sys.version_info[:2]))
    sys.exit(
        f"nn-grader needs Python 3.11 or newer; this is Python {_here}.\n"
        f"nn-grader demande Python 3.11 ou plus récent\u00a0; ici, c'est Python {_here}.\n"
        f"Для nn-grader нужен Python не ниже 3.11, а это Python {_here}."
    )

if TYPE_CHECKING:
    from grader.judge.checking.bars import assert_at_most
    from grader.judge.checking.compare import assert_close
    from grader.judge.checking.decorators import (
        held_back,
        hidden,
        needs,
        observation,
        points,
        showing,
    )
    from grader.judge.checking.device_placement import (
        anywhere,
        assert_no_device_named,
        assert_on_device,
    )
    from grader.judge.checking.device_traffic import (
        assert_no_traffic,
        assert_same_traffic,
        assert_same_work,
    )
    from grader.judge.checking.properties import (
        assert_computed,
        assert_dtype,
        assert_unmodified,
        returned,
    )
    from grader.judge.checking.speed import assert_as_fast
    from grader.judge.failures import fail
    from grader.notebook.extension import load_ipython_extension, unload_ipython_extension
    from grader.version import __version__
    from grader.wire.values import SeededRng as seeded  # noqa: N813
    from grader.wire.values import Tensor, tensor


_HOMES = {
    "Tensor": ("grader.wire.values", "Tensor"),
    "anywhere": ("grader.judge.checking.device_placement", "anywhere"),
    "assert_as_fast": ("grader.judge.checking.speed", "assert_as_fast"),
    "assert_at_most": ("grader.judge.checking.bars", "assert_at_most"),
    "assert_close": ("grader.judge.checking.compare", "assert_close"),
    "assert_computed": ("grader.judge.checking.properties", "assert_computed"),
    "assert_dtype": ("grader.judge.checking.properties", "assert_dtype"),
    "assert_no_device_named": ("grader.judge.checking.device_placement", "assert_no_device_named"),
    "assert_no_traffic": ("grader.judge.checking.device_traffic", "assert_no_traffic"),
    "assert_on_device": ("grader.judge.checking.device_placement", "assert_on_device"),
    "assert_same_traffic": ("grader.judge.checking.device_traffic", "assert_same_traffic"),
    "assert_same_work": ("grader.judge.checking.device_traffic", "assert_same_work"),
    "assert_unmodified": ("grader.judge.checking.properties", "assert_unmodified"),
    "fail": ("grader.judge.failures", "fail"),
    "held_back": ("grader.judge.checking.decorators", "held_back"),
    "hidden": ("grader.judge.checking.decorators", "hidden"),
    "load_ipython_extension": ("grader.notebook.extension", "load_ipython_extension"),
    "needs": ("grader.judge.checking.decorators", "needs"),
    "observation": ("grader.judge.checking.decorators", "observation"),
    "points": ("grader.judge.checking.decorators", "points"),
    "returned": ("grader.judge.checking.properties", "returned"),
    "seeded": ("grader.wire.values", "SeededRng"),
    "showing": ("grader.judge.checking.decorators", "showing"),
    "tensor": ("grader.wire.values", "tensor"),
    "unload_ipython_extension": ("grader.notebook.extension", "unload_ipython_extension"),
    "__version__": ("grader.version", "__version__"),
}

__all__ = [
    "Tensor",
    "__version__",
    "anywhere",
    "assert_as_fast",
    "assert_at_most",
    "assert_close",
    "assert_computed",
    "assert_dtype",
    "assert_no_device_named",
    "assert_no_traffic",
    "assert_on_device",
    "assert_same_traffic",
    "assert_same_work",
    "assert_unmodified",
    "fail",
    "held_back",
    "hidden",
    "load_ipython_extension",
    "needs",
    "observation",
    "points",
    "returned",
    "seeded",
    "showing",
    "tensor",
    "unload_ipython_extension",
]


def __getattr__(name: str) -> Any:
    try:
        module, attribute = _HOMES[name]
    except KeyError:
        raise AttributeError(f"module 'grader' has no attribute {name!r}") from None
    return getattr(import_module(module), attribute)
