"""Gradebooks in SQLite files and on a PostgreSQL server, and reports to keep in them."""

from decimal import Decimal

import pytest
from support import samples
from support.server import Server, binaries

from grader.gradebook.store import Store


@pytest.fixture(scope="session")
def server():
    """A PostgreSQL server."""
    programs = binaries()
    if programs is None:
        pytest.skip("PostgreSQL's server is not installed (Debian: apt-get install postgresql)")
    made = Server(programs)
    yield made
    made.remove()


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request, tmp_path):
    """Where a gradebook can be made: a path, then a URL."""
    if request.param == "sqlite":
        yield str(tmp_path / "gradebook of Zoë.sqlite")
        return
    server = request.getfixturevalue("server")
    url = server.database()
    yield url
    server.empty(url)


@pytest.fixture
def store(place):
    """A new gradebook."""
    with Store.open(place) as opened:
        yield opened


@pytest.fixture(scope="session")
def report():
    """Make a report of ex11 with so many of 10 points."""

    def report(points=10, status="graded", *, handed_in="aa", version="0.1.0", **fields):
        check = samples.check("test_one", points=10)
        check.reached = Decimal(points)
        made = samples.report(check, status=status, submission_hash=handed_in, **fields)
        made.run.versions = {"nn-grader": version}
        made.run.graded_at = "2026-01-02T03:04:05+00:00"
        return made

    return report
