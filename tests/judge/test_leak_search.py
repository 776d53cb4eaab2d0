"""The search for answers from inside finds what opens, and nothing where it is closed."""

import shutil
from pathlib import Path

import pytest

from grader.judge.processes.fork_server_client import ForkServerClient
from grader.judge.processes.interpreter import offering
from grader.judge.processes.leak_search import look_inside
from grader.judge.processes.readable import Offering, find_offer
from grader.judge.processes.spawning import SpawningFactory
from grader.judge.processes.student_processes import SandboxOptions
from grader.wire.levels import FULL, KERNEL, NO_OPEN, OWN_CODE_ONLY

TINY = Path(__file__).resolve().parents[1] / "courses/tiny"


@pytest.fixture
def library(tmp_path, monkeypatch):
    """A library that is granted, into which somebody has put a course."""
    package = tmp_path / "site-packages/built_here"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text("__version__ = '1'\n")
    shutil.copytree(TINY, package / "deep/course")
    monkeypatch.syspath_prepend(package.parent)
    find_offer.cache_clear()  # another test's library had the same name
    return package


def opened(kind, level, *roots):
    options = SandboxOptions(("built_here",), (), max_level=level)
    factory = kind(options)
    try:
        reached = factory.hello["isolation"]["level"]
        if reached != level:
            pytest.skip(f"this machine has level {reached} instead")
        return look_inside(factory, factory._offering.offer, roots).opened
    finally:
        factory.close()


@pytest.mark.parametrize("kind", [ForkServerClient, SpawningFactory])
@pytest.mark.parametrize("level", [FULL, KERNEL, NO_OPEN])
def test_a_course_in_what_is_granted_is_closed(library, kind, level):
    assert opened(kind, level, library / "deep/course") == ()


@pytest.mark.parametrize("level", [FULL, KERNEL])
def test_one_that_is_not_closed_is_found_by_walking_and_by_its_path(library, level, monkeypatch):
    monkeypatch.setattr(Offering, "close_foreign", lambda _: False)
    course = library / "deep/course"
    parts = {str(course / part) for part in ("answers", "exercises", "i18n")}
    assert set(opened(ForkServerClient, level)) == parts
    known = opened(ForkServerClient, level, course)
    assert parts < set(known)
    assert str(course / "answers/ex01_double/reference.py") in known


def test_at_the_lowest_level_everything_opens(library):
    assert opened(ForkServerClient, OWN_CODE_ONLY, library / "deep/course")


def test_a_course_that_is_named_is_closed_without_a_search(library, monkeypatch):
    monkeypatch.setattr(Offering, "close_foreign", lambda _: False)
    course = library / "deep/course"
    options = SandboxOptions(("built_here",), (str(course),), max_level=FULL)
    assert str(course) in offering(options).offer.closed
