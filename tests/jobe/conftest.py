"""Servers that serve one exercise each, for the tests of a file."""

import pytest
from support.jobe import jobe


@pytest.fixture(scope="module")
def softmax(tmp_path_factory):
    """A server of the exercise on softmax."""
    with jobe(tmp_path_factory.mktemp("jobe") / "log", "ex11") as server:
        yield server


@pytest.fixture
def serve(tmp_path):
    """Start servers with options; all are gone afterwards."""
    opened = []

    def start(*arguments, **options):
        server = jobe(tmp_path / f"log{len(opened)}", *arguments, **options)
        opened.append(server)
        return server.__enter__()

    yield start
    for server in opened:
        server.__exit__(None, None, None)
