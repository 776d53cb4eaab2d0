"""A real kernel of Jupyter, whose cells are run one by one."""

import re
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest import mock

import nbclient
import psutil
from nbclient.util import run_sync
from nbformat.v4 import new_code_cell, new_notebook

RIGHT = """\
def softmax(x):
    x = np.asarray(x)
    if not np.issubdtype(x.dtype, np.floating):
        x = x.astype(float)
    e = np.exp(x - x.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)
"""
WRONG = """\
def softmax(x):
    e = np.exp(x)
    return e / e.sum(axis=-1, keepdims=True)
"""
_ANSI = re.compile(r"\x1b\[[0-9;]*m")
_FOLDERS = ("JUPYTER_RUNTIME_DIR", "JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "IPYTHONDIR")
_BACKSTOP = 60.0
_BUSY = 0.5  # CPU seconds: more than a process takes that only waits


@dataclass(frozen=True)
class Ran:
    """What a cell has given: its outputs, and its number."""

    outputs: list[Any]
    number: int

    @property
    def printed(self) -> str:
        """What was printed."""
        return "".join(one.text for one in self.outputs if one.output_type == "stream")

    @property
    def text(self) -> str:
        """What was displayed, as text."""
        return self._displayed("text/plain")

    @property
    def html(self) -> str:
        """What was displayed, as HTML."""
        return self._displayed("text/html")

    @property
    def result(self) -> str | None:
        """The value of the cell, as text."""
        kept = [one.data for one in self.outputs if one.output_type == "execute_result"]
        return kept[0]["text/plain"] if kept else None

    @property
    def error(self) -> tuple[str, str] | None:
        """The name of the error that ended the cell, and what is shown of it."""
        kept = [one for one in self.outputs if one.output_type == "error"]
        return (kept[0].ename, _ANSI.sub("", "\n".join(kept[0].traceback))) if kept else None

    def _displayed(self, kind: str) -> str:
        kept = [one.data for one in self.outputs if one.output_type == "display_data"]
        return "\n".join(data.get(kind, "") for data in kept)


class Kernel:
    """A kernel that runs cells in a folder."""

    def __init__(self, client: nbclient.NotebookClient, folder: Path) -> None:
        self.client = client
        self.folder = folder
        self.process = psutil.Process(client.km.provisioner.pid)

    def run(self, *sources: str, id_: str | None = None) -> Ran:
        """Run cells, by a front end that tells which one if ``id_`` is given; return the last."""
        return [self._run(source, id_) for source in sources][-1]

    def _run(self, source: str, id_: str | None) -> Ran:
        cell = new_code_cell(source)
        self.client.nb.cells.append(cell)
        execute = self.client.kc.session.msg

        def told(kind: str, *arguments: Any, **named: Any) -> dict[str, Any]:
            message: dict[str, Any] = execute(kind, *arguments, **named)
            if kind == "execute_request" and id_ is not None:
                message["metadata"]["cellId"] = id_
            return message

        with mock.patch.object(self.client.kc.session, "msg", told):
            self.client.execute_cell(cell, len(self.client.nb.cells) - 1)
        outputs: list[Any] = cell.outputs
        return Ran(outputs, cell.execution_count)

    def judging(self) -> list[psutil.Process]:
        """Return the processes that the kernel has started, and those that these have started."""
        children: list[psutil.Process] = self.process.children(recursive=True)
        return children

    def shut_down(self) -> None:
        """End the kernel, as a front end does."""
        run_sync(self.client.km.shutdown_kernel)()

    @contextmanager
    def interrupted_while_judging(self) -> Iterator[list[psutil.Process]]:
        """Interrupt, as Jupyter's button does, once a student's process computes; yield these."""
        seen: list[psutil.Process] = []

        def interrupt() -> None:
            ends = time.monotonic() + _BACKSTOP
            while time.monotonic() < ends and not any(map(_computes, self.judging())):
                time.sleep(0.02)
            seen.extend(self.judging())
            self.process.send_signal(2)

        thread = threading.Thread(target=interrupt)
        thread.start()
        yield seen
        thread.join()


def _computes(process: psutil.Process) -> bool:
    """Return True if a process has computed for a while, and goes on."""
    try:
        return bool(process.status() == psutil.STATUS_RUNNING and process.cpu_times().user > _BUSY)
    except psutil.NoSuchProcess:
        return False


def alive(processes: list[psutil.Process]) -> list[psutil.Process]:
    """Wait until processes have ended; return those that have not."""
    ends = time.monotonic() + _BACKSTOP
    while (left := [*filter(_is_alive, processes)]) and time.monotonic() < ends:
        time.sleep(0.02)
    return left


def _is_alive(process: psutil.Process) -> bool:
    """Return True if a process has not ended; one that nobody has waited for yet has."""
    try:
        return bool(process.is_running() and process.status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False


@contextmanager
def started(folder: Path, environment: Mapping[str, str]) -> Iterator[Kernel]:
    """Start a kernel in a folder, with the extension loaded."""
    work = folder / "work"
    work.mkdir()
    own = {**dict.fromkeys(_FOLDERS, str(folder / "jupyter")), **environment}
    client = nbclient.NotebookClient(
        new_notebook(),
        timeout=300,
        kernel_name="python3",
        allow_errors=True,
        resources={"metadata": {"path": str(work)}},
    )
    with mock.patch.dict("os.environ", own), client.setup_kernel():
        kernel = Kernel(client, work)
        kernel.run("%load_ext grader", "import numpy as np")
        yield kernel
