"""A browser for the tests of pages."""

import pytest


@pytest.fixture(scope="session")
def chromium():
    """Chromium, started once; where there is none, what needs it is skipped."""
    browser = pytest.importorskip("support.browser")
    if browser.CHROMIUM is None:
        pytest.skip("Chromium is not installed (Debian: apt-get install chromium)")
    with browser.started() as started:
        yield started
