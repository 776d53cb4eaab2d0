"""The level at which no file can be opened at all."""

import pytest

from grader.wire.levels import NO_OPEN


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
    answer = closed.answer("import idlelib")
    assert answer["error"] == "ImportError"
    assert "idlelib cannot be imported here: files are closed" in answer["text"]
    assert closed.answer("import numpy.tests")["error"] == "ImportError"


def test_whether_a_module_exists_can_be_asked(closed):
    found = closed.result("""
        from importlib.util import find_spec
        result = [find_spec(name) is not None for name in ("idlelib", "no_such_module", "math")]
    """)
    assert found == [True, False, True]


def test_the_rest_of_the_standard_library_is_loaded_when_it_is_first_imported(closed):
    assert closed.result("""
        import sys
        before = "wave" in sys.modules
        import wave, http.client, xml.dom.minidom, concurrent.futures.process
        from numpy.lib import recfunctions
        import numpy.matlib
        result = [before, wave.__name__, xml.dom.minidom.__package__]
    """) == [False, "wave", "xml.dom"]


def test_what_students_use_was_loaded(closed):
    assert closed.result("""
        import collections.abc, csv, dataclasses, decimal, fractions, json, pickle, sqlite3
        import statistics, typing, unittest.mock
        import numpy.linalg, numpy.random
        result = True
    """)
