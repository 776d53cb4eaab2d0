"""Proving a code exercise, by the very path on which students are judged."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.judge.run import Judge, Judged, Options
from grader.judge.submission import Submission, read_bytes

if TYPE_CHECKING:
    from collections.abc import Iterable

    from grader.course.loading import LoadedExercise
    from grader.course.models import Diagnosed
    from grader.judge.proof.problem import Proof
    from grader.report.models import CheckResult, Report

OTHER_SEEDS = (1, 2, 3)
"""Right stays right and wrong stays wrong under seeds that are not the course's."""
SEEDS_FOR_WRONG = 2
"""How many of the seeds every known wrong answer is tried under: they are many."""


def prove(exercise: LoadedExercise, proof: Proof) -> None:
    """Prove reference, stub, misconceptions, remarks and certificate of a code exercise."""
    seeds = (exercise.course.index.seed, *OTHER_SEEDS)
    with Judge(exercise) as judge:
        for seed in seeds:
            judge.options = Options(seed=seed)
            prover = _Prover(exercise, judge, proof, seed)
            if not prover.reference():
                return
            prover.float32()
            if seed in seeds[:SEEDS_FOR_WRONG]:
                prover.misconceptions()
                prover.remarks()
        prover.stub()
    model = exercise.code
    proof.proved += [
        "reference",
        "stub",
        f"{len(model.misconceptions)} misconceptions",
        f"{len(model.remarks)} remarks",
        "certificate",
        f"seeds {', '.join(map(str, seeds))}",
    ]


class _Prover:
    """Proofs under one seed."""

    def __init__(self, exercise: LoadedExercise, judge: Judge, proof: Proof, seed: int) -> None:
        self.exercise = exercise
        self.model = exercise.code
        self.judge = judge
        self.proof = proof
        self.seed = seed

    def _submission(self, name: str, source: str) -> Submission:
        return read_bytes(source.encode(), f"{name}.py", "code")

    def _judged(self, sources: Iterable[tuple[str, str]]) -> list[Judged]:
        return self.judge.judge_all([self._submission(name, text) for name, text in sources])

    def reference(self) -> bool:
        """The reference reaches every reachable point, and its comparisons reject what is wrong."""
        judged = self._judged([("reference", self.exercise.reference_source)])[0]
        for fault in dict.fromkeys(judged.report.run.faults):
            self.proof.found("checks.py", fault.strip().splitlines()[-1], "mend the exercise")
        failing = [check for check in judged.report.checks if _fails(check)]
        for check in failing:
            what = f"the reference gets {check.status} in {check.id} under seed {self.seed}"
            said = "; ".join(f"{m.id} {m.args}" for m in check.feedback)
            self.proof.found("reference.py", f"{what} ({said})", "mend one of the two")
        if failing or judged.report.run.faults:
            return False
        self._not_here(judged.report)
        self._certificate(judged)
        return True

    def _not_here(self, report: Report) -> None:
        for check in report.checks:
            note = f"check {check.id} (device)"
            if check.reason == "device" and note not in self.proof.not_here:
                self.proof.not_here.append(note)

    def _certificate(self, judged: Judged) -> None:
        from grader.judge.proof.certificate import accepted_corruptions  # noqa: PLC0415

        comparisons = [one for several in judged.comparisons.values() for one in several]
        if not comparisons:
            self.proof.found(
                "checks.py", "no check compares a value", "compare results with assert_close"
            )
            return
        accepted, _ = accepted_corruptions(comparisons, self.judge.options.device)
        for name in accepted:
            self.proof.found(
                "exercise.yaml: tolerance",
                f"no comparison rejects {name} in place of the right result",
                "narrow the tolerance, or compare a result in which this shows",
            )

    def float32(self) -> None:
        """The reference computing in float32 passes every check that compares values."""
        from grader.judge.subject import cast_floats  # noqa: PLC0415 - imports NumPy

        submission = self._submission("reference", self.exercise.reference_source)
        judged = self.judge.judge_all([submission], lambda value: cast_floats(value, "float32"))[0]
        for check in judged.report.checks:
            said = {message.id for message in check.feedback}
            if _fails(check) and judged.comparisons.get(check.id) and "compare.dtype" not in said:
                detail = "; ".join(f"{m.id} {m.args}" for m in check.feedback)
                self.proof.found(
                    f"checks.py: {check.id}",
                    f"rejects the reference in float32 under seed {self.seed} ({detail})",
                    "widen the tolerance, or draw inputs that float32 holds exactly",
                )

    def stub(self) -> None:
        """The stub earns nothing, and is told so kindly: never a fault of the grader."""
        report = self._judged([("stub", self.exercise.stub_source)])[0].report
        if report.reached != 0:
            self.proof.found("stub.py", f"earns {report.reached} points", "leave more to do in it")
        if report.status not in {"graded", "incomplete"}:
            self.proof.found("stub.py", f"is {report.status}", "let it load, and do nothing")
        silent = [c.id for c in report.checks if c.status != "passed" and not c.feedback]
        if silent:
            self.proof.found("stub.py", f"{silent[0]} fails without a word", "say what is missing")

    def misconceptions(self) -> None:
        """Each misconception fails, and is recognised as itself and nothing else."""
        known = [wrong for wrong in self.model.misconceptions if self._can_show(wrong)]
        sources = [(w.id, self.exercise.misconception_source(w.id)) for w in known]
        for wrong, judged in zip(known, self._judged(sources), strict=True):
            self._misconception(wrong.id, judged.report)

    def _can_show(self, wrong: Diagnosed) -> bool:
        device = self.judge.options.device
        here = wrong.devices is None or device in wrong.devices
        note = f"misconception {wrong.id} (device)"
        if not here and note not in self.proof.not_here:
            self.proof.not_here.append(note)
        return here

    def _misconception(self, name: str, report: Report) -> None:
        where = f"misconceptions/{name}.py"
        named = {check.misconception for check in report.checks if check.misconception}
        if report.status == "ungraded":
            self.proof.found(where, "breaks a check", "let the check judge it instead")
        elif not any(_fails(check) for check in report.checks):
            advice = "add a check that catches it, or make it a remark"
            self.proof.found(where, f"passes every check under seed {self.seed}", advice)
        elif named != {name}:
            found = ", ".join(sorted(filter(None, named))) or "nothing"
            self.proof.found(
                where,
                f"is recognised as {found} under seed {self.seed}",
                "add a call that tells them apart, or change the order in exercise.yaml",
            )

    def remarks(self) -> None:
        """Each remark is earned by its own right answer, which loses no point."""
        sources = [(name, self.exercise.remark_source(name)) for name in self.model.remarks]
        for (name, _), judged in zip(sources, self._judged(sources), strict=True):
            where = f"remarks/{name}.py"
            earned = {m.id for check in judged.report.checks for m in check.remarks}
            if any(_fails(check) for check in judged.report.checks):
                self.proof.found(where, "loses points", "let it be a right answer")
            if earned != {f"exercise.{name}"}:
                got = ", ".join(sorted(earned)) or "no remark"
                self.proof.found(where, f"earns {got}", "let a check make exactly this remark")


def _fails(check: CheckResult) -> bool:
    return check.status != "passed" and check.reason != "device"
