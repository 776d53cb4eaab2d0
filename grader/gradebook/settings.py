"""Settings of a gradebook: which attempt counts, and its secret seeds."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from sqlalchemy import select

from grader.gradebook.models import Attempt, Setting

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

POLICY, UNREACHABLE, SEED, ENDED = "policy", "unreachable", "seed", "ended_seed"
_SEED_BITS = 53  # integers that every JSON reader represents exactly


def setting(session: Session, name: str) -> str | None:
    """Return a setting, None if it is not set."""
    found = session.get(Setting, name)
    return None if found is None else found.value


def put(session: Session, name: str, value: str) -> None:
    """Store a setting."""
    session.merge(Setting(name=name, value=value))


def open_seed(session: Session) -> str | None:
    """Return the seed in use, None if there is none or its last run is complete."""
    seed = setting(session, SEED)
    return None if seed == setting(session, ENDED) else seed


def new_seed(session: Session) -> str:
    """Make and store a secret seed."""
    made = str(secrets.randbelow(2**_SEED_BITS))
    put(session, SEED, made)
    return made


def end_seed(session: Session, seed: int) -> None:
    """Record that no new submission is judged under a seed, if it is the one in use."""
    if setting(session, SEED) == str(seed):
        put(session, ENDED, str(seed))


def seeds_of(session: Session) -> list[tuple[str, str, str, int]]:
    """Return exercise, file, hash and seed of all judged submissions, removed ones included."""
    columns = Attempt.exercise, Attempt.file, Attempt.submission_hash, Attempt.seed
    known = Attempt.file.is_not(None), Attempt.seed.is_not(None)
    rows = session.execute(select(*columns).where(*known).order_by(Attempt.id.desc()))
    return [
        (exercise, file, hash_, seed)
        for exercise, file, hash_, seed in rows
        if file is not None and seed is not None
    ]
