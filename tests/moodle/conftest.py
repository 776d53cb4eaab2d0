"""A site with a class, and what speaks to it without waiting."""

import json
from decimal import Decimal

import pytest
from support.moodle_site import ASSIGNMENT, CMID, TOKEN, fake_site
from support.text_blocks import block

from grader.moodle.client import Client, Pace
from grader.moodle.fetch import fetch, read_manifest
from grader.moodle.grade_sheet import GradeEntry, GradeSheet
from grader.moodle.journal import JOURNAL, Journal
from grader.moodle.push import Push
from grader.moodle.site import Site


class Clock:
    """A clock that goes on when somebody sleeps."""

    def __init__(self):
        self.time = 0.0
        self.slept = []

    def sleep(self, seconds):
        self.slept.append(seconds)
        self.time += seconds

    def now(self):
        return self.time


@pytest.fixture
def site():
    """Serve a site with three students, two of whom have handed in."""
    with fake_site() as served:
        served.person(17, "Ada One", lang="fr", idnumber="S-17")
        served.person(18, "Bob Two")
        served.person(19, "Bob Two")
        served.hand_in(
            17,
            {
                "ex01.py": block("""
            def double(x):
                return 2 * x
        """).encode()
            },
        )
        served.hand_in(
            18,
            {
                "work/ex01.py": block("""
            def double(x):
                return x * x
        """).encode()
            },
        )
        yield served


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def client(site, clock):
    with Client(site.address, TOKEN, Pace(0.2, clock.now, clock.sleep)) as opened:
        yield opened


@pytest.fixture
def fetched(client, tmp_path):
    """Fetch into a folder, and return what came of it."""

    def run(folder="fetched"):
        return fetch(Site(client), CMID, tmp_path / folder, lambda *_: None)

    return run


@pytest.fixture
def pushed(client, site, tmp_path):
    """Push grades, given as (user, points) with fields of the entry, from a folder of grades."""

    def run(*entries, folder="fetched", dry=False, **sheet):
        graded = tmp_path / "graded"
        graded.mkdir(exist_ok=True)
        manifest = read_manifest(tmp_path / folder)
        made = [
            GradeEntry(
                **{
                    "user": user,
                    "name": f"user {user}",
                    "attempt": 0,
                    **more,
                    "points": Decimal(points),
                }
            )
            for user, points, more in entries
        ]
        sheet = GradeSheet(
            **{"site": site.address, "assignment": ASSIGNMENT, **sheet}, grades=tuple(made)
        )
        push = Push(Site(client), manifest, sheet, graded, Journal(graded / JOURNAL))
        return push.run(lambda *_: None, dry=dry)

    return run


@pytest.fixture
def journal(tmp_path):
    """Return the states that the journal holds."""

    def read():
        text = (tmp_path / "graded" / JOURNAL).read_text(encoding="utf-8")
        return [json.loads(line)["state"] for line in text.splitlines()]

    return read
