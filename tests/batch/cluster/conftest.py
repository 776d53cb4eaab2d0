"""A real Dask cluster of processes on this machine, and batches that are judged on it."""

import contextlib
import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

pytest.importorskip("distributed")
from grader.batch.cluster.cluster import Cluster
from grader.batch.cluster.settings import cluster_at
from grader.batch.coordinator import BatchOptions, Coordinator
from grader.batch.models import Intake, MatchedFile
from grader.batch.observer import BatchObserver
from grader.batch.plan import BatchFolder, entries
from grader.batch.result_cache import GradingEnvironment
from grader.course.loading import Course
from grader.student.sandbox.probe import probe
from grader.wire.levels import LOWEST

TINY = Path(__file__).resolve().parents[2] / "courses" / "tiny"
SEED = 20260101
PATIENCE = 180  # seconds, against hanging only


class Told(BatchObserver):
    """Calls a function for each row."""

    def __init__(self, function):
        self.function = function

    def row_done(self, status, *, stored):
        self.function(status, stored)


class DaskCluster:
    """A scheduler and workers, each a process of its own; `tls` are options of both."""

    def __init__(self, folder, tls=()):
        self.folder = folder
        self.tls = tls
        self.processes = []
        self._file = folder / "scheduler.json"
        self.scheduler = self._start(
            *("scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--no-show"),
        )
        deadline = time.monotonic() + PATIENCE
        while not self._file.exists():
            assert self.scheduler.poll() is None
            assert time.monotonic() < deadline
            time.sleep(0.05)
        self.address = json.loads(self._file.read_text())["address"]

    def _start(self, kind, *options, before=""):
        command = [sys.executable, "-m", "dask", kind, "--scheduler-file", str(self._file)]
        # What is in `before` is run first in the process, as a sitecustomize would be.
        place = self.folder / f"first{len(self.processes)}"
        place.mkdir()
        (place / "sitecustomize.py").write_text(before)
        path = os.pathsep.join([str(place), str(Path.cwd())])
        process = subprocess.Popen(
            [*command, *options, *self.tls],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd=self.folder,
            env={**os.environ, "PYTHONPATH": path, "PYTHONDONTWRITEBYTECODE": ""},
            start_new_session=True,
        )
        self.processes.append(process)
        return process

    def worker(self, before="", threads=1):
        """Start a worker, without a nanny: what is killed stays away."""
        options = ("--no-nanny", "--no-dashboard", "--host", "127.0.0.1")
        places = ("--nthreads", str(threads), "--local-directory", str(self.folder))
        return self._start("worker", *options, *places, before=before)

    def close(self):
        for process in self.processes:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, 9)
            process.wait()


@pytest.fixture
def dask_with(tmp_path):
    """Start a scheduler with options of TLS; workers are started by the test."""
    started = []

    def start(tls=()):
        folder = tmp_path / "dask"
        folder.mkdir()
        started.append(DaskCluster(folder, tls))
        return started[-1]

    yield start
    for cluster in started:
        cluster.close()


@pytest.fixture
def dask(dask_with):
    """A scheduler; workers are started by the test."""
    return dask_with()


class ClusterBatch:
    """Grades submissions, given as (student, exercise, text), into a folder."""

    def __init__(self, folder, course):
        self.folder = folder
        self.course = course
        self.notices = []

    def entries(self, submissions):
        handed = [
            MatchedFile(
                student=student,
                name=student.title(),
                exercise=exercise,
                file=f"{student}/{exercise}{suffix}",
                read=text.encode,
                submitted_at="2026-01-02T03:04:05Z",
            )
            for student, exercise, text in submissions
            for suffix in [".py" if "def " in text or "import" in text else ".yaml"]
        ]
        ids = {exercise for _, exercise, _ in submissions}
        exercises = [each for each in self.course.exercises() if each.model.id in ids]
        return entries(Intake(handed, [], []), exercises, roster=False)

    def run(self, submissions, address=None, *, out="out", told=lambda *_: None, **options):
        """Grade on a cluster, or here without an address; return the result."""
        planned = self.entries(submissions)
        level = options.pop("level", LOWEST)
        with contextlib.ExitStack() as stack:
            cluster = None
            circumstances = GradingEnvironment.here(SEED, probe().level)
            if address is not None:
                settings = cluster_at(address, **options)
                noted = Cluster(settings, self.course, level, lambda one: self.noted(str(one)))
                cluster = stack.enter_context(noted)
                circumstances = cluster.environment(SEED)
            folder = stack.enter_context(contextlib.closing(BatchFolder(self.folder / out)))
            coordinator = Coordinator(
                *(self.course, folder, planned, circumstances, BatchOptions("en", 2, level)),
                observers=[Told(told)],
                cluster=cluster,
            )
            return coordinator.run()

    def noted(self, sentence):
        self.notices.append(sentence)

    def files(self, out):
        """Return all results and reports, without what may differ between equal runs."""
        found = {}
        for path in sorted((self.folder / out).glob("re*/**/*.json")):
            report = json.loads(path.read_text(encoding="utf-8"))
            del report["run"]
            found[str(path.relative_to(self.folder / out))] = json.dumps(report)
        return found


@pytest.fixture
def tiny(tmp_path):
    """Batches of the tiny course."""
    return ClusterBatch(tmp_path, Course(TINY))
