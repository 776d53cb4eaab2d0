"""For the isolation level `no-open`: load all that a submission needs before files are closed.

At that level files are protected only by refusing to open any. What students use most is loaded
before; the rest of the standard library and most of the libraries is read ahead (``kept``), and
loaded when it is first imported. Importing any other module raises an error that says why.
"""

from __future__ import annotations

import contextlib
import importlib
import importlib.abc
import importlib.machinery
import io
import sys
import sysconfig
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from grader.student.kept import Kept

if TYPE_CHECKING:
    import types
    from collections.abc import Collection, Sequence

STANDARD = """
    array ast base64 bisect calendar cmath codecs collections.abc concurrent.futures.thread
    contextvars copy csv ctypes dataclasses datetime decimal dis enum fractions functools gzip
    hashlib heapq hmac inspect io itertools json keyword linecache locale logging lzma math numbers
    operator pathlib pickle platform pprint queue random re secrets shutil signal sqlite3 statistics
    string struct tempfile textwrap threading timeit token tokenize traceback types typing
    unicodedata uuid warnings weakref zlib zoneinfo
    encodings.ascii encodings.cp1252 encodings.idna encodings.latin_1 encodings.utf_16
    encodings.utf_32 encodings.utf_8_sig encodings.unicode_escape"""
OWN = "grader.student.missing_libraries grader.student.imports grader.student.shell"
"""Modules of the grader that the student's side imports for a few submissions only."""
LEFT_OUT = {
    "": "config ensurepip idlelib lib2to3 test tests tkinter turtledemo",
    "numpy": "distutils tests",
    "torch": "_inductor ao bin distributed include lib onnx share testing",
}
"""Folders of which no module is read ahead: of the standard library, and of libraries."""
OF_LIBRARIES = {
    "numpy": """
        numpy.fft numpy.lib.recfunctions numpy.lib.stride_tricks numpy.linalg numpy.ma
        numpy.polynomial numpy.random numpy.testing numpy.typing""",
    "torch": """
        torch.amp torch.autograd.functional torch.distributions torch.fft torch.func torch.linalg
        torch.nn.functional torch.nn.utils.parametrizations torch.nn.utils.rnn torch.optim
        torch.optim.lr_scheduler torch.special torch.utils.checkpoint torch.utils.data""",
}


def load_ahead(libraries: Sequence[str], closed: Collection[str] = ()) -> None:
    """Load what submissions may import or cause to be imported; afterwards nothing else can load.

    ``libraries``: those that submissions may use, already imported. ``closed``: files and folders
    in them that no submission may read.
    """
    names = [OWN, STANDARD, *(OF_LIBRARIES.get(library, "") for library in libraries)]
    for name in " ".join(names).split():
        # Not every build of Python, and not every version of a library, has all of them.
        with contextlib.suppress(ImportError):
            importlib.import_module(name)
    _use_once(libraries)
    kept = _read_ahead(libraries, closed)
    # The import system finds files in a folder that it has listed without opening the folder.
    for module in list(sys.modules.values()):
        path = vars(module).get("__path__")  # some modules have every attribute that is looked up
        if path is not None:
            importlib.machinery.PathFinder.find_spec("grader_lists_this_folder", list(path))
    finders = (importlib.machinery.BuiltinImporter, importlib.machinery.FrozenImporter)
    others = [finder for finder in sys.meta_path if finder not in finders]
    sys.meta_path[:] = [*finders, _Closed(kept, others)]


def _read_ahead(libraries: Sequence[str], closed: Collection[str]) -> Kept:
    """Read the modules that are loaded only when a submission imports them."""
    kept = Kept(closed)
    kept.keep(Path(sysconfig.get_path("stdlib")), "", LEFT_OUT[""].split())
    for library in libraries:
        [folder] = sys.modules[library].__path__
        kept.keep(Path(folder), library, LEFT_OUT.get(library, "").split())
    return kept


def _use_once(libraries: Sequence[str]) -> None:
    """Run what imports more modules at its first use. Never a backward pass: see `boot`."""
    time.localtime()
    if "numpy" in libraries or "torch" in libraries:
        import numpy as np  # noqa: PLC0415 - always there on the student's side

        np.linalg.svd(np.eye(2))
        repr(np.array([0.5, 2.0]))
    if "torch" in libraries:
        import torch  # noqa: PLC0415 - only where exercises have it

        inputs = torch.ones(2, 3)
        layer = torch.nn.Linear(3, 3)
        torch.optim.Adam(layer.parameters())  # brings torch._dynamo
        data = torch.utils.data.TensorDataset(inputs)
        for (batch,) in torch.utils.data.DataLoader(data, batch_size=2):
            repr(torch.nn.functional.cross_entropy(layer(batch), torch.zeros(2, dtype=torch.long)))
        torch.nn.LSTM(3, 3)(inputs)
        torch.nn.Conv2d(1, 1, 2)(torch.ones(1, 1, 3, 3))
        torch.linalg.svd(torch.eye(2))
        kept = io.BytesIO()
        torch.save(layer.state_dict(), kept)
        kept.seek(0)
        torch.load(kept, weights_only=True)


class _Closed(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Finds modules as usual, loads those that were kept, and refuses to load others."""

    def __init__(self, kept: Kept, finders: Sequence[Any]) -> None:
        """``finders``: the ones that load from files."""
        self._kept = kept
        self._finders = finders

    def find_spec(
        self,
        fullname: str,
        path: Sequence[str] | None,
        target: types.ModuleType | None = None,
        /,
    ) -> importlib.machinery.ModuleSpec | None:
        found = self._kept.spec(fullname)
        if found is not None:
            return found
        for finder in self._finders:
            spec: importlib.machinery.ModuleSpec | None = finder.find_spec(fullname, path, target)
            if spec is not None:
                spec.loader = self
                return spec
        return None

    def exec_module(self, module: types.ModuleType) -> NoReturn:
        message = (
            f"{module.__name__} cannot be imported here: files are closed (isolation level "
            "no-open), and it is not among the modules that were loaded before"
        )
        raise ImportError(message, name=module.__name__)
