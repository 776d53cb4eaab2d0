"""The findings of a proof.

They are no text yet: a ``phrase`` is translated into the reader's language. So every sentence that
a proof adds is written ``phrase("is reported: {{names}}", names=…)`` and has its translations in
i18n/<lang>/LC_MESSAGES/grader.po.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from grader.course.languages import Translator
from grader.course.phrases import joined, phrase

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from grader.course.phrases import Phrase


@dataclass
class ValidationProblem:
    """One thing that is wrong: where, what, and what the author can do about it.

    ``where`` is a path, with a field behind a colon, or a phrase. ``seeds`` are those under which
    it occurred, if it depends on them, and so are ``devices``; ``said`` is the feedback that a
    student would get, under the first of them.
    """

    where: Phrase | str
    what: Phrase | str
    advice: Phrase | str
    seeds: list[int] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    devices: list[str] = field(default_factory=list)

    def localised(self, t: Translator) -> str:
        """Return the problem as one line in a language."""
        return joined(t, self.where, self._on_devices(), self.advice)

    def _on_devices(self) -> Phrase | str:
        what = self._under_seeds()
        if not self.devices:
            return what
        return phrase("{{what}} on {{devices}}", what=what, devices=", ".join(self.devices))

    def _under_seeds(self) -> Phrase | str:
        if not self.seeds:
            return self.what
        seeds = ", ".join(map(str, self.seeds))
        if len(self.seeds) > 1:
            return phrase("{{what}} under the seeds {{seeds}}", what=self.what, seeds=seeds)
        return phrase("{{what}} under seed {{seed}}", what=self.what, seed=seeds)

    def data(self, t: Translator) -> dict[str, object]:
        """Return the problem for programs, its sentences in a language."""
        return {
            "where": joined(t, self.where),
            "what": joined(t, self.what),
            "advice": joined(t, self.advice),
            "seeds": self.seeds,
            "devices": self.devices,
            "said": self.said,
        }

    def __str__(self) -> str:
        """Return the problem as one line, in English."""
        return self.localised(Translator("en"))


@dataclass
class ValidationResult:
    """The parts of an exercise that are proved, disproved, not provable here, and not at all.

    ``device``: where it is being proved, if the exercise lists several.
    """

    exercise: str
    problems: list[ValidationProblem] = field(default_factory=list)
    proved: list[Phrase] = field(default_factory=list)
    not_here: list[Phrase] = field(default_factory=list)
    on_trust: list[Phrase] = field(default_factory=list)  # checks that a forged answer can pass
    device: str = ""

    def found(
        self,
        where: Phrase | str,
        what: Phrase | str,
        advice: Phrase | str,
        *,
        seed: int | None = None,
        said: Sequence[str] = (),
    ) -> None:
        """Record a problem once; under another seed or on another device it counts as the same."""
        seeds = [] if seed is None else [seed]
        devices = [self.device] if self.device else []
        for known in self.problems:
            if (known.where, known.what, known.advice) == (where, what, advice):
                known.seeds += [seed for seed in seeds if seed not in known.seeds]
                known.devices += [one for one in devices if one not in known.devices]
                return
        self.problems.append(ValidationProblem(where, what, advice, seeds, list(said), devices))


def counted(things: Phrase) -> list[Phrase]:
    """Return a sentence with a count, nothing if the count is 0."""
    return [things] if things.args["n"] else []


def recognised(names: Iterable[str]) -> Phrase:
    """Name the mistakes that were recognised in place of the right one."""
    found = ", ".join(sorted(names))
    if not found:
        return phrase("is not recognised")
    return phrase("is recognised as {{names}}", names=found)
