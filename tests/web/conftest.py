"""A server in a process of its own, for a workspace of its own."""

import pytest
from support.serving import serving


@pytest.fixture
def serve(tmp_path):
    """Start ``grader serve`` in a folder, with options; every server is gone afterwards."""
    opened = []

    def start(*options, folder=tmp_path, lang="en"):
        server = serving(folder, *options, lang=lang)
        opened.append(server)
        return server.__enter__()

    yield start
    for server in opened:
        server.__exit__(None, None, None)
