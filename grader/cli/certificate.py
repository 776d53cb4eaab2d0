"""The table of `grader validate --certificate`, as text and as data."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.course.languages import msgid
from grader.judge.validation.certificate_table import REFERENCE, SEEDS, SEEDS_FOR_WRONG

if TYPE_CHECKING:
    from collections.abc import Iterator

    from grader.course.languages import Translator
    from grader.judge.validation.certificate_table import Bar, Certificate, Span

STANDING = {
    "below": msgid("below"),
    "above": msgid("above"),
    "both": msgid("below and above"),
}
"""The position of an answer's numbers relative to a bar."""


def lines(certificate: Certificate, t: Translator) -> Iterator[str]:
    """Yield the table of an exercise, line by line."""
    from grader.judge.validation.mutation_test import NAMES  # noqa: PLC0415 - imports NumPy

    if certificate.bars:
        yield t(
            "{{exercise}}: the reference under {{seeds}} seeds, each wrong answer under {{few}}",
            exercise=certificate.exercise,
            seeds=SEEDS,
            few=SEEDS_FOR_WRONG,
        )
        for bar, answers in certificate.bars.items():
            yield from _table(bar, answers, t)
        yield from _kept_out(certificate, t)
        return
    if not certificate.corruptions:
        yield t("{{exercise}}: there is no certificate", exercise=certificate.exercise)
        return
    yield t("{{exercise}}: in place of the right result", exercise=certificate.exercise)
    width = max(len(t(NAMES[name])) for name in certificate.corruptions)
    for name, rejected in certificate.corruptions.items():
        verdict = t("rejected") if rejected else t("accepted")
        yield f"  {t(NAMES[name]):<{width}}  {verdict}"


def _table(bar: Bar, answers: dict[str, Span], t: Translator) -> Iterator[str]:
    check, of, most = bar
    name = f"{check} {of}".rstrip()
    yield t("{{check}}: at most {{bar}}", check=name, bar=_number(most))
    rows = [
        (answer or t("the reference"), _range(span), t(STANDING[_standing(span)]))
        for answer, span in answers.items()
    ]
    widths = [max(len(row[column]) for row in rows) for column in (0, 1)]
    for answer, numbers, standing in rows:
        yield f"  {answer:<{widths[0]}}  {numbers:<{widths[1]}}  {standing}"


def _kept_out(certificate: Certificate, t: Translator) -> Iterator[str]:
    """Yield, for each wrong answer, under how many seeds it exceeds a bar or fails otherwise."""
    found = certificate.kept_out
    if not found:
        return
    yield t("above a bar, else caught by a check without one; number of seeds")
    width = max(map(len, found))
    for name, one in found.items():
        parts = [t("above: {{n}}", n=one.by_bar)] if one.by_bar else []
        if one.by_check:
            checks = ", ".join(one.checks)
            parts.append(t("caught by {{checks}}: {{n}}", checks=checks, n=one.by_check))
        if one.not_at_all:
            parts.append(t("not caught: {{n}}", n=one.not_at_all))
        yield f"  {name:<{width}}  {'; '.join(parts)}"


def _number(value: float) -> str:
    return f"{value:.3g}"


def _range(span: Span) -> str:
    finite = span.finite
    parts = [f"{_number(min(finite))} … {_number(max(finite))}"] if finite else []
    if len(finite) < len(span.values):
        parts.append("NaN")
    return ", ".join(parts)


def _standing(span: Span) -> str:
    if not span.above:
        return "below"
    return "above" if span.above == len(span.values) else "both"


def as_data(certificate: Certificate) -> dict[str, object]:
    """Return the table of an exercise for programs."""
    return {
        "exercise": certificate.exercise,
        "bars": [
            {
                "check": check,
                "of": of,
                "bar": most,
                "reference": _span_data(answers[REFERENCE]),
                "wrong": {name: _span_data(span) for name, span in answers.items() if name},
            }
            for (check, of, most), answers in certificate.bars.items()
        ],
        "kept_out": [
            {
                "name": name,
                "above": one.by_bar,
                "caught": one.by_check,
                "checks": one.checks,
                "not_at_all": one.not_at_all,
            }
            for name, one in certificate.kept_out.items()
        ],
        "corruptions": [
            {"name": name, "rejected": rejected}
            for name, rejected in certificate.corruptions.items()
        ],
    }


def _span_data(span: Span) -> dict[str, object]:
    finite = span.finite
    return {
        "least": min(finite, default=None),
        "most": max(finite, default=None),
        "measured": len(span.values),
        "above": span.above,
        "not_finite": len(span.values) - len(finite),
    }
