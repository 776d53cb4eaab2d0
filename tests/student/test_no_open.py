"""The level at which no file can be opened at all."""

import pytest

from grader.student.sandbox.probe import NO_OPEN


@pytest.fixture(scope="module")
def closed(offered, warm_with):
    """A warm process whose children can open nothing."""
    return warm_with(max_level=offered(NO_OPEN), libraries=["numpy"])


@pytest.mark.parametrize(
    "action",
    [
        "open('/etc/passwd')",
        "open(os.devnull)",
        "open('file', 'w')",
        "open(os.__file__)",
        "os.open('.', os.O_RDONLY)",
        "os.open('.', os.O_PATH)",
        "os.open('/', os.O_RDONLY | os.O_DIRECTORY)",
        "os.listdir('/')",
        "os.truncate(os.__file__, 0)",
        "os.unlink('/nothing')",
        "os.rename('/nothing', 'here')",
        "os.link(os.__file__, 'here')",
        "os.symlink('/', 'here')",
        "os.readlink('/proc/self/exe')",
        "os.mkdir('folder')",
        "os.rmdir('/nothing')",
        "os.chdir('/')",
        "import tempfile; tempfile.mkdtemp(dir='.')",
    ],
)
def test_no_file_can_be_opened(closed, action):
    closed.closed(action)


def test_a_module_that_was_not_loaded_says_so(closed):
    answer = closed.answer("import wave")
    assert answer["error"] == "ImportError"
    assert "wave cannot be imported here: files are closed" in answer["text"]
    assert closed.answer("import numpy.f2py")["error"] == "ImportError"


def test_whether_a_module_exists_can_be_asked(closed):
    found = closed.result("""
        from importlib.util import find_spec
        result = [find_spec(name) is not None for name in ("wave", "no_such_module", "math")]
    """)
    assert found == [True, False, True]


def test_what_students_use_was_loaded(closed):
    assert closed.result("""
        import collections.abc, csv, dataclasses, decimal, fractions, json, pickle, sqlite3
        import statistics, typing, unittest.mock
        import numpy.linalg, numpy.random
        result = True
    """)
