"""From a sitting to a report: diagnosis, points, statuses. Texts come later, by language."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from grader.judge.failures import Finding
from grader.judge.sentences import Conclusion
from grader.report.models import CheckResult, ExerciseInfo, LoadResult, Message

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from grader.course.loading import LoadedExercise
    from grader.judge.diagnosis import Diagnosis
    from grader.judge.looker import Looked, Sighting
    from grader.judge.notebook import Position
    from grader.judge.sitting import CheckRecord, Sitting
    from grader.report.models import Report, Scalar, ShownCall, SubmissionStatus

DIAGNOSED = {"failed", "error"}
SHOWN = {*DIAGNOSED, "timeout", "memory", "crash"}
NEWER = "load.newer"
LISTED = 10
"""So many uses of what is not allowed are told line by line."""


def messages(findings: Iterable[Finding]) -> list[Message]:
    """Return findings as the report holds them, still without text."""
    return [Message(id=finding.id, args=dict(finding.args)) for finding in findings]


def exercise_info(exercise: LoadedExercise) -> ExerciseInfo:
    """Return what a report says of its exercise."""
    model = exercise.model
    return ExerciseInfo(
        id=model.id, slug=model.slug, kind=model.kind, course=exercise.course.index.id
    )


def load_result(conclusion: Conclusion | None) -> LoadResult | None:
    """Return the load phase as the report holds it."""
    if conclusion is None:
        return None
    return LoadResult(
        status=conclusion.status,
        blame=conclusion.blame,
        feedback=messages(conclusion.findings),
    )


def check_results(sitting: Sitting) -> list[CheckResult]:
    """Return one result for every check that exercise.yaml lists, in its order."""
    diagnosis = _diagnose(sitting)
    results = []
    for name, check in sitting.model.checks.items():
        record = sitting.records.get(name)
        if record is None or record.conclusion is None:
            # Positive proof or no pass: a check that left no trace is the exercise's fault.
            missing = messages([Finding("author.missing_check", {"check": name})])
            results.append(
                CheckResult(
                    id=name,
                    maximum=Decimal(check.points),
                    status="error",
                    visibility="hidden",  # nobody knows: its name must not reach a student
                    blame="author",
                    feedback=missing,
                )
            )
            continue
        result = _check_result(record, record.conclusion, check.points, diagnosis)
        result.call = _call(sitting, record, record.conclusion)
        _name_entry(result)
        result.on_trust = name in sitting.exercise.on_trust
        results.append(result)
    _look(sitting, results)
    return results


def _call(sitting: Sitting, record: CheckRecord, conclusion: Conclusion) -> ShownCall | None:
    """Return the call that shows what is wrong. One that cannot be shown costs nobody anything."""
    if conclusion.status not in SHOWN or conclusion.blame != "student":
        return None
    from grader.judge.showing.call import shown_call  # noqa: PLC0415 - not needed for a pass
    from grader.judge.sitting import quietly  # noqa: PLC0415

    try:
        with quietly():
            return shown_call(sitting, record)
    except Exception as error:  # noqa: BLE001 - it is the grader's fault, or the exercise's
        sitting.faults.append(f"{record.id}: {type(error).__name__} in the call shown: {error}")
        return None


def _name_entry(result: CheckResult) -> None:
    """Let the sentence name an entry as the program does whose lines are shown."""
    name = "" if result.call is None else result.call.entry
    for message in result.feedback:
        if name and "entry" in message.args:
            message.args["entry"] = name.removesuffix(str(message.args.get("where", "")))


def _check_result(
    record: CheckRecord, conclusion: Conclusion, points: int, diagnosis: Diagnosis
) -> CheckResult:
    passed = conclusion.status == "passed"
    findings = list(conclusion.findings)
    misconception = diagnosis.misconceptions.get(record.id)
    if misconception is not None:
        findings.insert(0, Finding(f"exercise.{misconception}"))
    elif diagnosis.transformation is not None and conclusion.status in DIAGNOSED:
        findings.insert(0, diagnosis.transformation)
    remarks = [Finding(f"exercise.{name}") for name in dict.fromkeys(record.remarks)]
    return CheckResult(
        id=record.id,
        maximum=Decimal(points),
        reached=Decimal(points if passed else 0),
        status=conclusion.status,
        reason=conclusion.reason,
        visibility=record.visibility,
        blame=conclusion.blame,
        misconception=misconception,
        feedback=messages(findings),
        remarks=messages(remarks) if passed else [],
    )


def _diagnose(sitting: Sitting) -> Diagnosis:
    from grader.judge.diagnosis import Diagnosis, Evidence, diagnose  # noqa: PLC0415
    from grader.judge.sitting import quietly  # noqa: PLC0415 - neither is needed for a pass

    failing, passing = {}, {}
    for name, record in sitting.records.items():
        match record.conclusion:
            case Conclusion(status, blame="student") if status in DIAGNOSED:
                failing[name] = record.calls
            case Conclusion("passed"):
                passing[name] = record.calls
    if not failing:
        return Diagnosis({})
    replay, tolerance = sitting.bench.replay, sitting.model.tolerance
    evidence = Evidence(failing, replay, passing, sitting.would_fail, tolerance)
    with quietly():
        return diagnose(evidence, list(_known(sitting)))


def _known(sitting: Sitting) -> Iterator[str]:
    """Yield the misconceptions, each with its variants, that the submission can have."""
    for wrong in sitting.model.misconceptions:
        here = wrong.devices is None or sitting.bench.device in wrong.devices
        if here and (wrong.calls is None or _calls(sitting.submission.source, wrong.calls)):
            yield from sitting.exercise.variants(wrong.id)


def _calls(source: str, name: str) -> bool:
    """Tell whether a source calls a name, as it stands there: ``sum(`` but not ``np.sum(``."""
    return re.search(rf"(?<![\w.]){re.escape(name)}\s*\(", source) is not None


def _look(sitting: Sitting, results: list[CheckResult]) -> None:
    """Hold back the points that rest on own work where a teacher has to look at it first."""
    if not sitting.usable:  # what Python takes long to read
        return
    looked = _looked(sitting)
    own = [result for result in results if result.id in sitting.model.own_work]
    if not looked or not own:
        return
    held = [result for result in own if result.status == "passed"]
    # It is told once, where a student reads it.
    shown = [result for result in held or own if result.visibility == "shown"]
    teller = (shown or held or own)[0]
    for result in held:
        result.status = "needs_review"
        result.reached = Decimal(0)
        if result is not teller:
            result.feedback += messages([Finding("static.waits")])
    teller.feedback += messages(_told(sitting, looked))


def _looked(sitting: Sitting) -> Looked:
    submission = sitting.submission
    looked = sitting.bench.looker.look(submission.source, submission.cells, submission.helpers)
    # In practice the answers are everybody's to read.
    practice = sitting.drawn_from == _public_seed(sitting)
    return replace(looked, reference=looked.reference and not practice)


def _public_seed(sitting: Sitting) -> int:
    return sitting.exercise.course.index.seed


def _told(sitting: Sitting, looked: Looked) -> list[Finding]:
    """Return what is said where a teacher has to look."""
    if looked.unread:
        return [Finding("static.unread")]
    told = [Finding("static.reference")] if looked.reference else []
    told += [
        _told_of(sighting, sitting.submission.where(sighting.line))
        for sighting in looked.sightings[:LISTED]
    ]
    if looked.count > LISTED:
        told.append(Finding("static.more", {"count": looked.count, "shown": LISTED}))
    return [*told, Finding("static.own" if looked.count else "static.waits")]


def _told_of(sighting: Sighting, position: Position) -> Finding:
    args: dict[str, Scalar] = {"name": sighting.name, "line": position.line}
    if sighting.file is not None:
        where = {**args, "line": sighting.line, "file": sighting.file}
        return Finding("static.forbidden_file", where)
    if position.cell is not None:
        return Finding("static.forbidden_cell", {**args, "cell": position.cell})
    return Finding("static.forbidden", args)


def settle(report: Report) -> None:
    """Set points, status and headline of a report from its checks."""
    report.reached = sum((check.reached for check in report.checks), Decimal(0))
    report.waiting = sum(
        (check.maximum for check in report.checks if check.status == "needs_review"), Decimal(0)
    )
    left_out = sum(
        (check.maximum for check in report.checks if check.reason == "device"), Decimal(0)
    )
    report.reachable = report.maximum - left_out
    report.status = _status(report)
    report.headline = messages([_headline(report)])[0]


def _status(report: Report) -> SubmissionStatus:
    parts: list[CheckResult | LoadResult] = [*report.checks]
    if report.load is not None:
        parts.append(report.load)
    if any(part.blame in {"author", "system"} and part.status == "error" for part in parts):
        return "ungraded"
    if report.load is not None and any(said.id == NEWER for said in report.load.feedback):
        return "unreadable"  # what this Python cannot read may be right: it is not judged
    if any(check.status == "needs_review" for check in report.checks):
        return "needs_review"
    if any(check.reason == "device" for check in report.checks):
        return "incomplete"
    return "graded"


def _headline(report: Report) -> Finding:
    reached, reachable = float(report.reached), float(report.reachable)
    sentences: Mapping[str, Finding] = {
        "ungraded": Finding("headline.ungraded"),
        "needs_review": Finding("headline.review"),
        "unreadable": Finding("headline.unreadable"),
    }
    if report.status in sentences:
        return sentences[report.status]
    if report.load is not None and report.load.status != "passed" and reached == 0:
        return Finding("headline.load")
    if reached == reachable and report.status == "incomplete":
        return Finding("headline.incomplete", {"reached": reached, "reachable": reachable})
    if reached == reachable:
        return Finding("headline.all", {"maximum": reachable})
    if reached == 0:
        of_code = report.exercise.kind == "code"
        return Finding("headline.none" if of_code else "headline.none_question")
    return Finding("headline.some", {"reached": reached, "maximum": reachable})
