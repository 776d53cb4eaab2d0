"""A real browser for pages: Debian's Chromium, driven by playwright, with axe-core."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
# Root has no sandbox of the browser's own; /dev/shm may be small in containers.
ARGUMENTS = ["--disable-dev-shm-usage", *(["--no-sandbox"] if os.geteuid() == 0 else [])]
NARROW, WIDE = 360, 1200
# Rules of the newest WCAG as well, and what axe holds for good practice.
_OPTIONS = {"resultTypes": ["violations"], "rules": {"color-contrast-enhanced": {"enabled": False}}}


@contextmanager
def started() -> Iterator[Browser]:
    """Start Chromium; its end takes every page with it."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        try:
            yield browser
        finally:
            browser.close()


def violations(page: Page) -> list[str]:
    """Return what axe-core finds wrong with a page: each rule with the elements that break it."""
    found: dict[str, Any] = Axe().run(page, options=_OPTIONS).response
    return [
        f"{one['id']}: {one['help']}: {[node['html'][:200] for node in one['nodes']]}"
        for one in found["violations"]
    ]


def scrolls_sideways(page: Page) -> bool:
    """Return True if the page is wider than its window."""
    return bool(page.evaluate("document.documentElement.scrollWidth > window.innerWidth"))
