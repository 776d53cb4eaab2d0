"""What all tests share: the real program, started as a user starts it."""

import json
import os
import signal
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from support import commands

from grader.report.models import Report

# The same examples every time: a test that fails now and then helps nobody. `--hypothesis-profile
# slow` looks for much longer.
settings.register_profile(
    "everyday",
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
settings.register_profile("slow", settings.get_profile("everyday"), max_examples=500)
settings.load_profile("everyday")

# In the background of a script Ctrl-C is ignored, also by whatever is started from here.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

ROOT = Path(__file__).resolve().parents[1]
QUIET = {"GRADER_LANG": "en", "NO_COLOR": "1", "COLUMNS": "100"}


class Grader:
    """Runs commands in a folder of their own."""

    def __init__(self, folder, warm):
        self.folder = folder
        self.warm = warm

    def run(self, *arguments, env=None, timeout=300):
        """Run ``grader`` with these arguments, in a process of its own."""
        own = env or {}
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("GRADER_", "PYTEST_"))}
        environment = {**kept, **QUIET, "XDG_STATE_HOME": f"{self.folder}-state", **own}
        run = commands.fresh if commands.is_read_at_start(own) else self.warm.run
        return run([*map(str, arguments)], self.folder, environment, timeout)

    def write(self, name, content):
        """Write a file into the folder; text or bytes."""
        path = self.folder / name
        if isinstance(content, bytes):
            path.write_bytes(content)
        else:
            path.write_text(content, encoding="utf-8")
        return path

    def grade(self, exercise, content=None, *options, name=None, env=None):
        """Grade content as a file of the exercise; return the report and the exit code."""
        arguments = []
        if content is not None:
            arguments = [self.write(name or f"{exercise}_answer.py", content)]
        elif name is not None:
            arguments = [self.folder / name]
        done = self.run("grade", exercise, *arguments, "--json", *options, env=env)
        assert done.stdout, done.stderr
        report = Report.model_validate(json.loads(done.stdout))
        return report, done.returncode


@pytest.fixture(scope="session")
def warm_commands(tmp_path_factory):
    """The commands, imported once for all tests."""
    warm = commands.Warm(tmp_path_factory.mktemp("commands"))
    yield warm
    warm.close()


@pytest.fixture
def grader(tmp_path, warm_commands):
    """The program, in an empty folder."""
    return Grader(tmp_path, warm_commands)


@pytest.fixture(scope="session")
def softmax():
    """The right answer of ex11."""
    return (ROOT / "answers" / "ex11_softmax" / "reference.py").read_text(encoding="utf-8")


@contextmanager
def _limited(timer, number, seconds, unit):
    def stop(_number, _frame):
        pytest.fail(f"no end in sight after {seconds} {unit}")

    before = signal.signal(number, stop)
    signal.setitimer(timer, seconds)
    try:
        yield
    finally:
        signal.setitimer(timer, 0)
        signal.signal(number, before)


@pytest.fixture(scope="session")
def soon():
    """A block that must end: what uses more CPU seconds fails, where it would hang."""
    return lambda seconds=10.0: _limited(signal.ITIMER_PROF, signal.SIGPROF, seconds, "CPU seconds")


@pytest.fixture(scope="session")
def unblocked():
    """A block that must not wait for anybody: what hangs fails, after a time that nothing needs."""
    return lambda seconds=60.0: _limited(signal.ITIMER_REAL, signal.SIGALRM, seconds, "seconds")


@pytest.fixture(scope="module")
def chromium():
    """Chromium, started once for the tests of a file; where there is none, they are skipped.

    Playwright keeps an event loop running, so tests of other files could not run theirs beside it.
    """
    browser = pytest.importorskip("support.browser")
    if browser.CHROMIUM is None:
        pytest.skip("Chromium is not installed (Debian: apt-get install chromium)")
    with browser.started() as started:
        yield started
