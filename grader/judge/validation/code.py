"""Proving a code exercise, by the very path on which students are judged."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.course.phrases import Phrase, phrase, phrases
from grader.judge.processes.devices import here, meant_for
from grader.judge.processes.graphics_card import find_card
from grader.judge.reading.submission import Submission, read_bytes
from grader.judge.run import Judge, JudgedReport, Options
from grader.judge.validation import distinct_styles, fillable_blanks, on_a_screen, ownwork
from grader.judge.validation.author_faults import note_report_fault
from grader.judge.validation.observing import Observing
from grader.judge.validation.picturing import Picturing
from grader.judge.validation.problem import counted, recognised
from grader.report.localise import localise
from grader.report.statuses import status_in_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from grader.course.devices import Device
    from grader.course.loading import LoadedExercise
    from grader.course.models import CodeExercise
    from grader.judge.validation.problem import ValidationResult
    from grader.report.models import CheckResult, Message, Report

OTHER_SEEDS = (1, 2, 3)
"""A proof holds if right answers pass and wrong ones fail under other seeds than the course's, too.
"""
SEEDS_FOR_WRONG = 2
"""Seeds under which every known wrong answer is tried: there are many of these."""


def prove(exercise: LoadedExercise, proof: ValidationResult) -> None:
    """Prove reference, stub, misconceptions, remarks and certificate of a code exercise.

    On each device that the exercise lists and that is available.
    """
    seeds = (exercise.course.index.seed, *OTHER_SEEDS)
    model = exercise.code
    devices = here(model.devices, find_card)
    _note_elsewhere(model, devices, proof)
    for device in devices:
        proof.device = device if len(model.devices) > 1 else ""
        if not _prove_on(device, exercise, proof, seeds):
            return
    proof.device = ""
    distinct_styles.prove(exercise, proof)
    fillable_blanks.prove(exercise, proof)
    ownwork.note_trust(exercise, proof)
    checks = sum(1 for check in model.checks.values() if meant_for(check, devices))
    proof.proved += [
        phrase("reference"),
        *counted(phrases("{{n}} style", "{{n}} styles", len(exercise.style_sources))),
        phrase("stub"),
        *counted(phrases("{{n}} misconception", "{{n}} misconceptions", len(model.misconceptions))),
        *counted(phrases("{{n}} observation", "{{n}} observations", len(model.observations))),
        *counted(phrases("{{n}} remark", "{{n}} remarks", len(model.remarks))),
        *counted(
            phrases("{{n}} library answer", "{{n}} library answers", len(exercise.library_answers))
        ),
        phrase("certificate"),
        *counted(phrases("{{n}} check", "{{n}} checks", checks)),
        phrase("seeds {{seeds}}", seeds=seeds),
        *_devices_in_words(model, devices),
    ]


def _prove_on(
    device: Device, exercise: LoadedExercise, proof: ValidationResult, seeds: Sequence[int]
) -> bool:
    """Prove what depends on a device; False if the reference itself is wrong there."""
    with Judge(exercise, Options(device=device)) as judge:
        for seed in seeds:
            judge.options = Options(device=device, seed=seed, of_author=True)
            prover = _Prover(exercise, judge, proof, seed)
            if not prover.reference():
                return False
            prover.float32()
            prover.styles()
            if seed in seeds[:SEEDS_FOR_WRONG]:
                prover.misconceptions()
                prover.alike()
                prover.observations()
                prover.remarks()
            if seed == seeds[0]:
                prover.single_checks()
        prover.stub()
        if device == exercise.code.devices[0]:  # a source is the same on all devices
            ownwork.prove(exercise, judge.exercise_context().looker, proof)
    return True


def _note_elsewhere(
    model: CodeExercise, devices: Sequence[Device], proof: ValidationResult
) -> None:
    """Note the parts that apply only to devices other than the available ones."""
    proof.not_here += [
        *(phrase("on `{{device}}`", device=one) for one in model.devices if one not in devices),
        *(
            phrase("check {{check}} (device)", check=name)
            for name, check in model.checks.items()
            if not meant_for(check, devices)
        ),
        *(
            phrase("misconception {{name}} (device)", name=wrong.id)
            for wrong in model.misconceptions
            if not meant_for(wrong, devices)
        ),
    ]


def _devices_in_words(model: CodeExercise, devices: Sequence[Device]) -> list[Phrase]:
    """Name the devices of the proof, if there is a choice."""
    if len(model.devices) == 1:
        return []
    return [phrase("on {{devices}}", devices=", ".join(devices))]


class _Prover:
    """Proofs under one seed."""

    def __init__(
        self, exercise: LoadedExercise, judge: Judge, proof: ValidationResult, seed: int
    ) -> None:
        self.exercise = exercise
        self.model = exercise.code
        self.judge = judge
        self.proof = proof
        self.seed = seed
        replay = judge.exercise_context().replay
        self.observing = Observing(exercise, proof, replay, seed)
        self.picturing = Picturing(exercise, proof, replay, seed)
        self.called: frozenset[str] = frozenset()  # checks that call the submission
        self.failed: set[str] = set()  # checks that some known wrong answer fails

    def _where(self, name: str) -> str:
        """Return the path of a file of the exercise, for its author."""
        own = name in {"checks.py", "exercise.yaml", "stub.py"}
        folder = self.exercise.folder if own else self.exercise.answers
        return self.exercise.course.relative(folder / name)

    def _submission(self, name: str, source: str) -> Submission:
        return read_bytes(source.encode(), f"{name}.py", "code")

    def _judged(self, sources: Iterable[tuple[str, str]]) -> list[JudgedReport]:
        return self.judge.judge_all([self._submission(name, text) for name, text in sources])

    def reference(self) -> bool:
        """Prove that the reference gets all reachable points, and that its comparisons can fail."""
        judged = self._judged([("reference", self.exercise.reference_source)])[0]
        report = localise(judged.report, self.exercise.course, "en")
        for fault in report.run.faults:
            note_report_fault(self.proof, self.exercise, fault)
        if report.load is not None and report.load.status != "passed" and not report.run.faults:
            said = _said(report.load.feedback)
            where = self._where("reference.py")
            self.proof.found(where, phrase("does not load"), phrase("mend it"), said=said)
        for check in report.checks:
            # A consequence of another problem is not reported as one of its own.
            if _fails(check) and check.blame != "author" and check.reason not in {"load", "needs"}:
                what = phrase(
                    "the reference gets {{status}} in {{check}}",
                    status=status_in_words(check.status),
                    check=check.id,
                )
                advice = phrase("mend one of the two")
                self._found("reference.py", what, advice, _said(check.feedback))
        if report.run.faults or any(map(_fails, report.checks)):
            return False
        self.called = frozenset(name for name, calls in judged.calls.items() if calls)
        self.observing.reference(judged)
        self.picturing.reference(judged)
        self._certificate(judged)
        return True

    def _found(self, name: str, what: Phrase, advice: Phrase, said: Sequence[str] = ()) -> None:
        """Record a problem in a file of the exercise, which may not occur under another seed."""
        self.proof.found(self._where(name), what, advice, seed=self.seed, said=said)

    def _certificate(self, judged: JudgedReport) -> None:
        from grader.judge.validation.mutation_test import NAMES, undetected_corruptions  # noqa: PLC0415

        comparisons = [one for several in judged.comparisons.values() for one in several]
        if not comparisons:
            if not any(judged.measurements.values()):  # bars have a table of their own
                self.proof.found(
                    self._where("checks.py"),
                    phrase("no check compares a value"),
                    phrase("compare results with assert_close"),
                )
            return
        accepted, _ = undetected_corruptions(comparisons, self.judge.options.device)
        for name in accepted:
            self.proof.found(
                f"{self._where('exercise.yaml')}: tolerance",
                phrase(
                    "no comparison rejects {{corruption}} in place of the right result",
                    corruption=Phrase(NAMES.get(name, name)),
                ),
                phrase("narrow the tolerance, or compare a result in which this shows"),
            )

    def float32(self) -> None:
        """Prove that the reference computing in float32 passes every check that compares values."""
        from grader.judge.checking.function_namespace import cast_floats  # noqa: PLC0415 - imports NumPy

        submission = self._submission("reference", self.exercise.reference_source)
        judged = self.judge.judge_all([submission], lambda value: cast_floats(value, "float32"))[0]
        for check in localise(judged.report, self.exercise.course, "en").checks:
            ids = {message.id for message in check.feedback}
            if _fails(check) and judged.comparisons.get(check.id) and "compare.dtype" not in ids:
                self.proof.found(
                    f"{self._where('checks.py')}: {check.id}",
                    phrase("rejects the reference in float32"),
                    phrase("widen the tolerance, or draw inputs that float32 holds exactly"),
                    seed=self.seed,
                    said=_said(check.feedback),
                )

    def styles(self) -> None:
        """Prove that each style is a right answer, wherever the reference is one."""
        sources = self.exercise.style_sources
        for name, judged in zip(sources, self._judged(sources.items()), strict=True):
            report = localise(judged.report, self.exercise.course, "en")
            lost = [check for check in report.checks if _fails(check)]
            if lost:
                unloaded = report.load.feedback if report.load else []
                said = _said(unloaded or lost[0].feedback)
                advice = phrase("let it be a right answer")
                self._found(f"styles/{name}.py", phrase("loses points"), advice, said)

    def stub(self) -> None:
        """Prove that the stub gets no points, with a kind message and no error of the grader."""
        report = self._judged([("stub", self.exercise.stub_source)])[0].report
        where = self._where("stub.py")
        if report.reached != 0:
            earned = phrases("earns {{n}} point", "earns {{n}} points", report.reached)
            self.proof.found(where, earned, phrase("leave more to do in it"))
        if report.status not in {"graded", "incomplete"}:
            status = phrase("is {{status}}", status=status_in_words(report.status))
            self.proof.found(where, status, phrase("let it load, and do nothing"))
        silent = [c.id for c in report.checks if c.status != "passed" and not c.feedback]
        if silent:
            what = phrase("{{check}} fails without a word", check=silent[0])
            self.proof.found(where, what, phrase("say what is missing"))

    def misconceptions(self) -> None:
        """Prove that each misconception fails, and is recognised as itself and nothing else."""
        device = self.judge.options.device
        known = [wrong for wrong in self.model.misconceptions if meant_for(wrong, (device,))]
        names = [name for wrong in known for name in self.exercise.variants(wrong.id)]
        sources = [(name, self.exercise.misconception_source(name)) for name in names]
        for name, judged in zip(names, self._judged(sources), strict=True):
            self._misconception(name, judged)
            self._on_a_screen(f"misconceptions/{name}.py", judged)
            self._wrong(f"misconceptions/{name}.py", judged)
            self.failed |= set(_failed(judged.report))

    def observations(self) -> None:
        """Prove that each observation is reported for its own wrong answer."""
        sources = [(name, self.exercise.observed_source(name)) for name in self.model.observations]
        for (name, _), judged in zip(sources, self._judged(sources), strict=True):
            self.observing.observed(name, judged.report)
            self._on_a_screen(f"observed/{name}.py", judged)
            self._wrong(f"observed/{name}.py", judged)
            self.failed |= set(_failed(judged.report))

    def _wrong(self, name: str, judged: JudgedReport) -> None:
        """Prove that no observation and no picture raises on the results of a wrong answer."""
        self.observing.wrong(name, judged)
        self.picturing.wrong(name, judged)

    def _on_a_screen(self, name: str, judged: JudgedReport) -> None:
        """The report on a wrong answer is read at once: one seed shows what the others do."""
        if self.seed == self.exercise.course.index.seed and judged.report.status != "ungraded":
            for what in on_a_screen.faults(judged.report, self.exercise):
                self._found(name, what, phrase("shorten what is said of this answer"))

    def _misconception(self, name: str, judged: JudgedReport) -> None:
        report, own = judged.report, name.partition(".")[0]
        file = f"misconceptions/{name}.py"
        named = {check.misconception for check in report.checks if check.misconception}
        allowed = {own, *(common.id for common in self.model.alike if own in common.of)}
        if report.status == "ungraded":
            advice = phrase("let the check judge it instead")
            self.proof.found(self._where(file), phrase("breaks a check"), advice)
        elif not any(_fails(check) for check in report.checks):
            advice = phrase("add a check that catches it, or make it a remark")
            self._found(file, phrase("passes every check"), advice)
        elif named - allowed or not named:
            advice = phrase("add a call that tells them apart, or merge them")
            self._found(
                file,
                recognised(named),
                advice,
            )
        for check in report.checks:
            if check.id in judged.tied and check.misconception is None:
                others = sorted(set(judged.tied[check.id]) - {own})
                args = {"others": others, "check": check.id}
                what = phrase("cannot be told from {{others}} in {{check}}", **args)
                advice = phrase("add a call that tells them apart, or list them in alike")
                self._found(file, what, advice)

    def alike(self) -> None:
        """Prove that each shared sentence is reported if its misconceptions fit equally well."""
        sources = [
            (common.id, self.exercise.alike_source(common.id)) for common in self.model.alike
        ]
        for (name, _), judged in zip(sources, self._judged(sources), strict=True):
            named = {check.misconception for check in judged.report.checks if check.misconception}
            if name not in named:
                advice = phrase("write an answer between whose misconceptions nothing decides")
                self._found(f"alike/{name}.py", recognised(named), advice)
            self._wrong(f"alike/{name}.py", judged)

    def single_checks(self) -> None:
        """Prove that each check calls the submission, and fails for some wrong answer."""
        from grader.judge.validation.single_checks import spoils  # noqa: PLC0415 - imports NumPy

        submission = self._submission("reference", self.exercise.reference_source)
        failed = set(self.failed)
        for spoil in spoils().values():
            judged = self.judge.judge_all([submission], spoil=spoil)[0]
            failed |= set(_failed(judged.report))
        for name in self.provable():
            where = f"{self._where('checks.py')}: {name}"
            if name not in self.called:
                advice = phrase("let it call student")
                self.proof.found(where, phrase("never calls the submission"), advice)
            elif name not in failed:
                advice = phrase(
                    "compare a value with assert_close, or write a misconception that fails it"
                )
                self.proof.found(where, phrase("no wrong answer fails it"), advice)

    def provable(self) -> list[str]:
        """Return the checks that apply to this device."""
        devices = (self.judge.options.device,)
        return [name for name, check in self.model.checks.items() if meant_for(check, devices)]

    def remarks(self) -> None:
        """Prove that each remark is made on its own right answer, which loses no point."""
        sources = [(name, self.exercise.remark_source(name)) for name in self.model.remarks]
        for (name, _), judged in zip(sources, self._judged(sources), strict=True):
            where = self._where(f"remarks/{name}.py")
            earned = {m.id for check in judged.report.checks for m in check.remarks}
            if any(_fails(check) for check in judged.report.checks):
                advice = phrase("let it be a right answer")
                self.proof.found(where, phrase("loses points"), advice)
            if earned != {f"exercise.{name}"}:
                what = phrase("earns no remark")
                if earned:
                    what = phrase("earns {{remarks}}", remarks=sorted(earned))
                self.proof.found(where, what, phrase("let a check make exactly this remark"))


def _said(messages: Iterable[Message]) -> list[str]:
    return [message.text for message in messages]


def _failed(report: Report) -> Iterable[str]:
    """Yield the checks that ran on an answer and found it wrong."""
    return (c.id for c in report.checks if c.status in {"failed", "error"} and c.blame == "student")


def _fails(check: CheckResult) -> bool:
    return check.status != "passed" and check.reason != "device"
