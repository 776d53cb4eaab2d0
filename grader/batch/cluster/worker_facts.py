"""What is known of a worker: whether it may judge together with the others."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Self

from grader.batch.result_cache import GradingEnvironment
from grader.wire.levels import Level

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


@dataclass(frozen=True)
class WorkerFacts:
    """What a worker says of itself.

    ``id`` is that of its process, which no other has. ``versions``, by name, are those of all that
    a result depends on. ``level`` is None where no process can be started, and ``fault`` says why.
    ``card``: CUDA computes there.
    """

    id: str
    versions: tuple[tuple[str, str], ...]
    level: Level | None
    fault: str = ""
    card: bool = False

    def to_json(self) -> bytes:
        """Return it as it crosses the network."""
        return json.dumps(asdict(self)).encode()

    @classmethod
    def from_json(cls, data: bytes) -> Self:
        """Read what a worker has sent.

        Raises:
            ValueError, KeyError, TypeError: it is something else.

        """
        sent = json.loads(data)
        level = None if sent["level"] is None else Level(sent["level"])
        versions = tuple((str(name), str(version)) for name, version in sent["versions"])
        return cls(*(str(sent["id"]), versions, level, str(sent["fault"])), card=bool(sent["card"]))


def versions_here() -> tuple[tuple[str, str], ...]:
    """Return the versions of all that a result depends on, of this machine."""
    return _versions(GradingEnvironment.here(0, 0))


def _versions(here: GradingEnvironment) -> tuple[tuple[str, str], ...]:
    libraries = ((name, version or "–") for name, version in here.libraries)
    return (("nn-grader", here.grader), ("Python", here.python), *libraries, ("on", here.machine))


def environment(facts: Iterable[WorkerFacts], seed: int) -> GradingEnvironment:
    """Return the environment of results of these workers: their versions, their lowest level."""
    some = list(facts)
    told = dict(some[0].versions)
    here = GradingEnvironment.here(seed, min(one.level or 0 for one in some))
    libraries = tuple(
        (name, None if told[name] == "–" else told[name]) for name, _version in here.libraries
    )
    return replace(
        here,
        grader=told["nn-grader"],
        python=told["Python"],
        libraries=libraries,
        machine=told["on"],
    )


def usual_versions(
    versions: Iterable[tuple[tuple[str, str], ...]], grader: str
) -> tuple[tuple[str, str], ...]:
    """Return the versions that most workers have, of those with our version of the grader."""
    counts = Counter(versions)
    ours = {one: count for one, count in counts.items() if dict(one)["nn-grader"] == grader}
    return max(ours or counts, key=lambda one: (counts[one], one))


def differences(versions: Iterable[tuple[str, str]], others: Iterable[tuple[str, str]]) -> str:
    """Return in what versions differ from others: ``numpy 2.3.0 (2.4.6)``."""
    expected = dict(others)
    return ", ".join(
        f"{name} {version} ({expected.get(name, '–')})"
        for name, version in versions
        if version != expected.get(name)
    )


def odd_ones(team: Mapping[str, WorkerFacts], grader: str) -> dict[str, str]:
    """Return the workers that differ from most, and from us in the grader, with what differs."""
    usual = usual_versions((one.versions for one in team.values()), grader)
    expected = {**dict(usual), "nn-grader": grader}
    found = {worker: differences(one.versions, expected.items()) for worker, one in team.items()}
    return {worker: text for worker, text in found.items() if text}
