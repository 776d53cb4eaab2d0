"""Names that have a meaning everywhere: of the language, its library, arrays and tensors."""

from __future__ import annotations

import sys
from types import FunctionType, GeneratorType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_TEXTS = (str, bytes, bytearray)
_NUMBERS = (int, float, complex)
_CONTAINERS = (list, dict, set, frozenset, tuple, range, slice)
_OTHERS = (object, type, property, BaseException, FunctionType, GeneratorType)
_BUILT_IN = (*_TEXTS, *_NUMBERS, *_CONTAINERS, *_OTHERS)
BUILT_IN_ATTRIBUTES = frozenset(name for kind in _BUILT_IN for name in dir(kind))

SWITCHES = frozenset({"requires_grad"})
"""Attributes that make a library compute by itself, once they are set."""

LONG_FLOATS = _words(
    """
    longdouble clongdouble longfloat clongfloat longcomplex float96 float128 complex192
    complex256
    """
)
LONG_CODES = frozenset(
    order + code
    for order in ("", "<", ">", "=", "|")
    for code in ("g", "G", "f12", "f16", "c24", "c32")
)
"""Names of dtypes of more than 64 bits; the codes mean that in NumPy only."""

LIBRARIES = _words(
    """
    autograd cupy functorch jax keras mpmath np numpy pandas scipy sklearn sympy tensorflow tf
    torch
    """
)
MODULE_ATTRIBUTES = (LIBRARIES - {"numpy"}) | _words(
    """
    _C _VF _refs _nn_C builtins ctypes distributions func functional importlib modules nn ops os
    special sys
    """
)
"""Attributes that lead from one module to another."""

REACHING_ATTRIBUTES = _words(
    """
    __array_function__ __array_ufunc__ __base__ __bases__ __builtins__ __closure__ __code__
    __getattribute__ __globals__ __import__ __loader__ __mro__ __reduce__ __reduce_ex__ __self__
    __spec__ __subclasses__ __torch_dispatch__ __torch_function__ ag_frame cr_frame f_back
    f_builtins f_globals f_locals func_globals gi_frame mro tb_frame from_address
    """
)
"""Attributes that lead from a value to any other object of the interpreter."""

REACHING_BUILTINS = _words(
    """
    __import__ __builtins__ __loader__ __spec__ compile eval exec globals
    """
)
"""Built-in functions that execute or find what static analysis cannot resolve."""

REACHING = _words(
    """
    __main__ _ctypes _imp _pickle builtins code codeop ctypes.c_longdouble ctypes.cast
    ctypes.CDLL ctypes.cdll ctypes.CFUNCTYPE ctypes.LibraryLoader ctypes.memmove ctypes.memset
    ctypes.py_object ctypes.PyDLL ctypes.pydll ctypes.PYFUNCTYPE ctypes.pythonapi ctypes.util gc
    grader imp importlib inspect logging.config marshal pdb pickle pickletools pkgutil pydoc
    runpy shelve sys._current_frames sys._getframe sys.meta_path sys.modules sys.path_hooks
    sys.setprofile sys.settrace trace types.CodeType types.FunctionType unittest.mock zipimport
    """
)
"""Modules of the standard library, and all of this grader, with the same effect, except HARMLESS.
"""

_LEADING = REACHING_ATTRIBUTES | {"builtins", "ctypes", "gc", "importlib", "modules", "sys"}
HARMLESS = _words(
    """
    gc.collect gc.disable gc.enable inspect.cleandoc importlib.metadata.version importlib.reload
    importlib.util.find_spec
    """
)

LIKE_NUMPY = ("cupy", "jax.numpy")
"""Libraries with NumPy's interface, which a line above an answer may select in its place."""

COMPUTING = frozenset({"decimal", "graphlib", "timeit"})
"""Modules of the standard library beyond plain arithmetic, which an exercise must allow by name."""

STANDARD = sys.stdlib_module_names | {"__future__"}
PRESENT = STANDARD | {"numpy", "torch"}
"""Modules that are certainly importable."""
DESCRIBING = frozenset({"__version__", "__name__", "__file__", "__doc__"})


def of_standard_library(dotted: str) -> bool:
    """Return True if a dotted name begins with a module of the standard library."""
    return dotted.partition(".")[0] in STANDARD


def reaches(dotted: str) -> bool:
    """Return True if a name executes or finds objects that the source does not name."""
    if within(dotted, HARMLESS):
        return False
    return within(dotted, REACHING) or (
        of_standard_library(dotted) and not _LEADING.isdisjoint(dotted.split(".")[1:])
    )


def within(dotted: str, names: Iterable[str]) -> bool:
    """Return True if a dotted name is one of ``names`` or below one of them."""
    return any(dotted == name or dotted.startswith(f"{name}.") for name in names)
