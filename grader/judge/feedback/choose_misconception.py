"""The choice of the misconception to name if several fit a check."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True)
class PossibleMisconceptions:
    """The misconceptions that a submission can have.

    ``names`` in their declared order: ids, with a dot and a suffix for the variants of one.
    ``pointed`` are ids that the source itself suggests. ``alike`` maps the id of a sentence that is
    true of several to those.
    """

    names: Sequence[str]
    pointed: Collection[str] = ()
    alike: Mapping[str, Collection[str]] = field(default_factory=dict)


@dataclass(frozen=True)
class ChosenMisconceptions:
    """The misconception named for each check, and those that fit equally well."""

    named: Mapping[str, str]
    tied: Mapping[str, Sequence[str]]


def choose(
    explained: Mapping[str, Collection[str]], known: PossibleMisconceptions
) -> ChosenMisconceptions:
    """Name one misconception for each check, from the checks that each one explains.

    The one that explains most checks; among equals the one that the source suggests. If several are
    left, the sentence that is declared as true of them all, else none.
    """
    named: dict[str, str] = {}
    tied: dict[str, Sequence[str]] = {}
    for check in dict.fromkeys(check for checks in explained.values() for check in checks):
        fit = [name for name, checks in explained.items() if check in checks]
        most = max(len(explained[name]) for name in fit)
        best = [name for name in fit if len(explained[name]) == most]
        best = [name for name in best if name in known.pointed] or best
        if len(best) == 1:
            named[check] = best[0]
            continue
        tied[check] = best
        common = _common(best, known.alike)
        if common is not None:
            named[check] = common
    return ChosenMisconceptions(named, tied)


def _common(names: Sequence[str], alike: Mapping[str, Collection[str]]) -> str | None:
    """Return the most specific sentence that is true of all these."""
    fit = [(len(of), id_) for id_, of in alike.items() if set(names) <= set(of)]
    return min(fit)[1] if fit else None
