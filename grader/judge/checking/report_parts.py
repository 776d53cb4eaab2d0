"""The parts of a report from an evaluation: diagnosis, points, statuses. Texts are added later."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from grader.judge.failures import Finding
from grader.judge.feedback.conclusions import Conclusion
from grader.judge.feedback.hardcoded_device import BY_AVAILABILITY
from grader.report.causes import nothing_but_open
from grader.report.models import CheckResult, ExerciseInfo, LoadResult, Message, Printed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from grader.course.loading import LoadedExercise
    from grader.judge.checking.check_record import CheckRecord
    from grader.judge.checking.evaluation import Evaluation
    from grader.judge.feedback.choose_misconception import PossibleMisconceptions
    from grader.judge.feedback.diagnosis import Diagnosis
    from grader.judge.feedback.observations.own import Observation
    from grader.judge.feedback.showing.call import Shown
    from grader.judge.processes.source_inspector import ForbiddenUse, Inspected
    from grader.judge.reading.notebook import Position
    from grader.report.models import Report, Scalar, ShownPicture, SubmissionStatus

DIAGNOSED = {"failed", "error"}
FORMAL = ("compare.device", "compare.dtype", "compare.modified", "device.", "traffic.")
"""Findings that are independent of the values."""
NEWER = "load.newer"
_OF_ODD_VALUES = (ArithmeticError, LookupError, TypeError, ValueError)
LISTED = 10
"""Uses of disallowed names that are listed line by line."""


def messages(findings: Iterable[Finding]) -> list[Message]:
    """Return findings as messages of the report, still without text."""
    return [Message(id=finding.id, args=dict(finding.args)) for finding in findings]


def exercise_info(exercise: LoadedExercise) -> ExerciseInfo:
    """Return the part of a report that describes the exercise."""
    model = exercise.model
    return ExerciseInfo(
        id=model.id, slug=model.slug, kind=model.kind, course=exercise.course.index.id
    )


def load_result(conclusion: Conclusion | None) -> LoadResult | None:
    """Return the load phase as the report represents it."""
    if conclusion is None:
        return None
    return LoadResult(
        status=conclusion.status,
        blame=conclusion.blame,
        feedback=messages(conclusion.findings),
    )


def check_results(evaluation: Evaluation) -> list[CheckResult]:
    """Return one result for every check that exercise.yaml lists, in its order."""
    diagnosis = _diagnose(evaluation)
    evaluation.tied = diagnosis.tied if diagnosis else {}
    scene = _scene(evaluation)
    draw = _drawing(evaluation)
    results = []
    for name, check in evaluation.model.checks.items():
        if evaluation.only and name not in evaluation.only:
            continue
        record = evaluation.records.get(name)
        if record is None or record.conclusion is None:
            # A pass needs proof: a check without a record is an error of the exercise.
            missing = messages([Finding("author.missing_check", {"check": name})])
            results.append(
                CheckResult(
                    id=name,
                    maximum=Decimal(check.points),
                    status="error",
                    visibility="hidden",  # unknown, and its name must not reach a student
                    blame="author",
                    feedback=missing,
                )
            )
            continue
        result = _check_result(record, record.conclusion, check.points, diagnosis, scene)
        result.picture = draw(record, record.conclusion)
        result.on_trust = name in evaluation.exercise.on_trust
        results.append(result)
    _look(evaluation, results)
    return results


def _scene(evaluation: Evaluation) -> Callable[[CheckRecord, Conclusion], Shown]:
    """Return the function that shows the call of a failed check."""

    def show(record: CheckRecord, conclusion: Conclusion) -> Shown:
        from grader.judge.checking.evaluation import quietly  # noqa: PLC0415
        from grader.judge.feedback.showing import call  # noqa: PLC0415 - a right answer needs none

        here = call.Scene(
            evaluation.model,
            evaluation.exercise_context.replay,
            call.programs(evaluation.functions),
        )
        if not evaluation.exercise_context.is_known(record.calls):
            return call.Shown(None, conclusion.findings)
        try:
            with quietly():
                return call.shown(record.calls, conclusion.findings, record.looked_at, here)
        except Exception as error:  # noqa: BLE001 - a call that cannot be shown costs nobody points
            evaluation.faults.append(
                f"{record.id}: {type(error).__name__} in the call shown: {error}"
            )
            return call.Shown(None, conclusion.findings)

    return show


def _drawing(evaluation: Evaluation) -> Callable[[CheckRecord, Conclusion], ShownPicture | None]:
    """Return the function that draws the picture of a check; of a passed one only if asked for."""
    declared = {check: one.id for one in evaluation.model.pictures for check in one.check}

    def draw(record: CheckRecord, conclusion: Conclusion) -> ShownPicture | None:
        asked = conclusion.status == "passed" and evaluation.pictures
        wrong = conclusion.blame == "student"
        if record.id not in declared or record.visibility != "shown" or not (asked or wrong):
            return None
        from grader.judge.checking.evaluation import quietly  # noqa: PLC0415
        from grader.judge.feedback.showing.picture import pictured  # noqa: PLC0415 - few checks have one

        id_ = declared[record.id]
        try:
            with quietly():
                return pictured(id_, record, evaluation, wrong=wrong)
        except Exception as error:  # noqa: BLE001 - nor does a picture that cannot be made
            evaluation.faults.append(f"pictures.{id_}: {type(error).__name__}: {error}")
            return None

    return draw


def _printed(record: CheckRecord) -> Printed | None:
    head = record.printed
    if head is None or not head.first:
        return None
    if not head.dropped:
        return Printed(first=(head.first + head.last).decode("utf-8", "backslashreplace"))
    # Cut at whole lines, if there are any, so that no line or character is cut in two.
    first, last = (
        head.first[: head.first.rfind(b"\n") + 1] or head.first,
        head.last[head.last.find(b"\n", 0, -1) + 1 :],
    )
    cut = len(head.first) + len(head.last) - len(first) - len(last)
    texts = (part.decode("utf-8", "ignore") for part in (first, last))
    return Printed(first=next(texts), dropped=head.dropped + cut, last=next(texts))


def _check_result(
    record: CheckRecord,
    conclusion: Conclusion,
    points: int,
    diagnosis: Diagnosis | None,
    show: Callable[[CheckRecord, Conclusion], Shown],
) -> CheckResult:
    passed = conclusion.status == "passed"
    wrong = conclusion.blame == "student" and bool(record.calls)
    shown = show(record, conclusion) if wrong else None
    findings = list(conclusion.findings if shown is None else shown.findings)
    if any(finding.id == BY_AVAILABILITY for finding in findings):
        diagnosis = None  # that line is the mistake, however the values look
    misconception = diagnosis.misconceptions.get(record.id) if diagnosis else None
    if misconception is not None:
        findings.insert(0, Finding(f"exercise.{misconception}"))
    observed = diagnosis.observations.get(record.id, ()) if diagnosis else ()
    findings = [*observed, *findings]
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
        observation=observed[0].id.removeprefix("exercise.") if observed else None,
        feedback=messages(findings),
        call=shown and shown.call,
        printed=_printed(record) if record.visibility == "shown" else None,
        remarks=messages(remarks) if passed else [],
    )


def _diagnose(evaluation: Evaluation) -> Diagnosis | None:
    """Return the recognised mistakes; None if no check has failed because of the submission.

    An answer with a blank that is not filled in yet is not diagnosed. An error of the diagnosis on
    odd values is recorded for the author, and nothing is recognised.
    """
    failing, passing, findings = {}, {}, {}
    for name, record in evaluation.records.items():
        match record.conclusion:
            case Conclusion(status, found, blame="student") if status in DIAGNOSED and (
                evaluation.exercise_context.is_known(record.calls)
            ):
                failing[name] = record.calls
                findings[name] = found
            case Conclusion("passed"):
                passing[name] = record.calls
    if not failing or evaluation.blank is not None or not evaluation.names:
        return None
    from grader.judge.checking.evaluation import quietly  # noqa: PLC0415
    from grader.judge.feedback.diagnosis import Evidence, diagnose  # noqa: PLC0415 - not for a pass

    replay, tolerance = evaluation.exercise_context.replay, evaluation.model.tolerance
    allowed = {
        name: max((one.atol for one in evaluation.records[name].comparisons), default=0.0)
        for name in failing
    }
    formal = {name for name, found in findings.items() if any(map(_formal, found))}
    worded = {name for name, found in findings.items() if any(map(_own, found))}
    evidence = Evidence(
        failing,
        replay,
        passing,
        evaluation.would_fail,
        tolerance,
        _observations(evaluation),
        allowed,
        formal,
        worded,
    )
    try:
        with quietly():
            return diagnose(evidence, _known(evaluation))
    except _OF_ODD_VALUES as error:  # a missing diagnosis must not cost a grade
        evaluation.faults.append(f"{type(error).__name__} in the diagnosis: {error}")
        return None


def _formal(finding: Finding) -> bool:
    """Return True if a finding is not about values."""
    return finding.id.startswith(FORMAL)


def _own(finding: Finding) -> bool:
    """Return True if a finding is a sentence of the exercise, raised by `fail`."""
    return finding.id.startswith("exercise.")


def _observations(evaluation: Evaluation) -> Sequence[Observation]:
    if not evaluation.model.observations:
        return ()
    from grader.judge.feedback.observations.own import listed  # noqa: PLC0415 - not needed for a pass

    return listed(evaluation.model.observations, evaluation.observations)


def _known(evaluation: Evaluation) -> PossibleMisconceptions:
    """Return the misconceptions, with their variants, that the submission can have."""
    from grader.judge.feedback.choose_misconception import PossibleMisconceptions  # noqa: PLC0415 - not needed for a pass

    source = evaluation.submission.source
    possible = [
        wrong
        for wrong in evaluation.model.misconceptions
        if (wrong.devices is None or evaluation.exercise_context.device in wrong.devices)
        and (wrong.calls is None or _calls(source, wrong.calls))
    ]
    return PossibleMisconceptions(
        [name for wrong in possible for name in evaluation.exercise.variants(wrong.id)],
        {wrong.id for wrong in possible if wrong.calls is not None},
        {common.id: common.of for common in evaluation.model.alike},
    )


def _calls(source: str, name: str) -> bool:
    """Return True if a source calls a name without a prefix: ``sum(`` but not ``np.sum(``."""
    return re.search(rf"(?<![\w.]){re.escape(name)}\s*\(", source) is not None


def _look(evaluation: Evaluation, results: list[CheckResult]) -> None:
    """Withhold the points for a student's own work if a teacher has to review it first."""
    if not evaluation.usable:  # Python takes long to parse it
        return
    looked = _looked(evaluation)
    own = [result for result in results if result.id in evaluation.model.own_work]
    if not looked or not own:
        return
    held = [result for result in own if result.status == "passed"]
    # It is reported once, where a student reads it.
    shown = [result for result in held or own if result.visibility == "shown"]
    teller = (shown or held or own)[0]
    for result in held:
        result.status = "needs_review"
        result.reached = Decimal(0)
        if result is not teller:
            result.feedback += messages([Finding("static.waits")])
    teller.feedback += messages(_told(evaluation, looked))


def _looked(evaluation: Evaluation) -> Inspected:
    submission = evaluation.submission
    looked = evaluation.exercise_context.looker.look(
        submission.source, submission.cells, submission.helpers
    )
    # In practice mode everybody may read the answers.
    practice = evaluation.drawn_from == _public_seed(evaluation)
    return replace(looked, reference=looked.reference and not practice)


def _public_seed(evaluation: Evaluation) -> int:
    return evaluation.exercise.course.index.seed


def _told(evaluation: Evaluation, looked: Inspected) -> list[Finding]:
    """Return the findings for a submission that a teacher has to review."""
    if looked.unread:
        return [Finding("static.unread")]
    findings = [Finding("static.reference")] if looked.reference else []
    findings += [
        _told_of(sighting, evaluation.submission.where(sighting.line))
        for sighting in looked.sightings[:LISTED]
    ]
    if looked.count > LISTED:
        findings.append(Finding("static.more", {"count": looked.count, "shown": LISTED}))
    return [*findings, Finding("static.own" if looked.count else "static.waits")]


def _told_of(sighting: ForbiddenUse, position: Position) -> Finding:
    args: dict[str, Scalar] = {"name": sighting.name, "line": position.line}
    if sighting.file is not None:
        where = {**args, "line": sighting.line, "file": sighting.file}
        return Finding("static.forbidden_file", where)
    if position.cell is not None:
        return Finding("static.forbidden_cell", {**args, "cell": position.cell})
    return Finding("static.forbidden", args)


def finalise_report(report: Report) -> None:
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
        return "unreadable"  # this Python cannot parse it, but it may be right: it is not graded
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
    if report.status == "incomplete" and reachable == 0:
        return Finding("headline.elsewhere")
    if reached == reachable and report.status == "incomplete":
        elsewhere = float(report.maximum - report.reachable)
        args = {"reached": reached, "reachable": reachable, "elsewhere": elsewhere}
        return Finding("headline.incomplete", args)
    if reached == reachable:
        name = "headline.partial" if report.partial else "headline.all"
        return Finding(name, {"maximum": reachable})
    if nothing_but_open(report):
        open_ = Finding("headline.open", {"reached": reached, "maximum": reachable})
        return open_ if reached else Finding("headline.unanswered")
    if reached == 0:
        of_code = report.exercise.kind == "code"
        return Finding("headline.none" if of_code else "headline.none_question")
    if _hidden_alone(report):
        return Finding("headline.hidden", {"reached": reached, "maximum": reachable})
    return Finding("headline.some", {"reached": reached, "maximum": reachable})


def _hidden_alone(report: Report) -> bool:
    """Return True if all displayed checks have passed: none of them says what is wrong."""
    shown = [check for check in report.checks if check.visibility == "shown"]
    return bool(shown) and all(
        check.status == "passed" or check.reason == "device" for check in shown
    )
