"""Comparison of translations with the English."""

from __future__ import annotations

import difflib
import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from grader.course import prose, solutions
from grader.course.blanks import marks
from grader.course.errors import CourseError, UnknownTranslationUnitError
from grader.course.languages import msgid, plural_names
from grader.course.markup import pieces, placeholders
from grader.course.models import CodeExercise
from grader.course.phrases import Phrase, phrase
from grader.course.yaml_files import read_text

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping
    from pathlib import Path

    from grader.course.loading import Course, LoadedExercise
    from grader.course.models import Text

_NUMBER = re.compile(r"(?<!\w)\d+(?:[.,\u00a0\u202f ]?\d+)*(?:e[-+]?\d+)?")
_WORDS_IN_FORMULA = re.compile(r"\\(?:text|mbox|textrm)\{[^{}]*\}")
_STRUCTURE = (
    "checks.",
    "questions.",
    "choices.",
    "items.",
    "key_points.",
    "observations.",
    "remarks.",
    "blanks.",
)
CAPTION = "caption"
"""The field that every picture has; its other texts are words in the picture."""
_SOURCE = re.compile(r"^source:[^\n]*\n(?:[ \t]+[^\n]*\n)*", re.MULTILINE)


@dataclass(frozen=True)
class _Texts:
    """The texts of one file of prose: its units, and the hashes of their originals."""

    file: Path
    units: Mapping[str, Text]
    source: Mapping[str, str]


@dataclass(frozen=True)
class Problem:
    """One problem of a prose file, and advice."""

    file: Path
    lang: str
    unit: Phrase | str
    what: Phrase | str
    advice: Phrase | str

    def __str__(self) -> str:
        """Return the problem as one line, in English."""
        parts = (self.file, self.unit, self.what, self.advice)
        return ": ".join(filter(None, map(str, parts)))


def problems(loaded: LoadedExercise) -> list[Problem]:
    """Return the problems of an exercise's prose, in every language of the course.

    The English is compared with the exercise, the translations with the English.
    """
    found = [*_english_problems(loaded), *_solution_problems(loaded)]
    english = _files(loaded, "en")
    for lang in loaded.course.index.languages:
        if lang != "en":
            for ours, file in zip(english, _files(loaded, lang), strict=True):
                found += _translation_problems(loaded, _read(ours).units, file, lang)
    return found


def _files(loaded: LoadedExercise, lang: str) -> list[Path]:
    """Return the paths of an exercise's texts in a language, one or two; they need not exist."""
    if not solutions.is_explained(loaded):
        return [loaded.prose_file(lang)]
    return [loaded.prose_file(lang), loaded.solution_file(lang)]


def _read(file: Path) -> _Texts:
    """Return the texts of a file.

    Raises:
        CourseError: it is missing or broken.

    """
    if file.name.endswith(solutions.SUFFIX):
        solution = solutions.read_solution(file)
        return _Texts(file, solutions.units(solution), solution.front.source)
    written = prose.read_prose(file, "")
    return _Texts(file, prose.units(written), written.front.source)


def course_problems(course: Course) -> list[Problem]:
    """Return the missing titles of the course and its sections, in every language."""
    found = []
    for lang in course.index.languages:
        file = course.root / "i18n" / lang / "course.md"
        if not file.is_file():
            what = phrase("there is no such file")
            found.append(Problem(file, lang, "", what, phrase("write it")))
            continue
        try:
            titles = course.prose(lang).sections
        except CourseError as error:
            found.append(Problem(file, lang, error.place, error.what, error.advice))
            continue
        what, advice = phrase("this title is missing"), phrase("write it")
        found += [
            Problem(file, lang, f"sections.{section.id}", what, advice)
            for section in course.index.sections
            if section.id not in titles
        ]
    return found


def mark_translation_current(loaded: LoadedExercise, lang: str, wanted: str = "*") -> list[str]:
    """Stamp translated units with the hash of the current English; return their names.

    ``wanted`` is a unit or ``*``. Only the block ``source`` of the file changes. Units that are
    not translated get no stamp, and units that are no more lose theirs.

    Raises:
        CourseError: a file is missing or broken.
        UnknownTranslationUnitError: see ``select_units``.

    """
    wanted_units = select_units(loaded, lang, wanted)
    accepted: list[str] = []
    for english, translation in _pairs(loaded, lang):
        before, stamps = translation.source, dict[str, str | None]()
        for name in _ready(english, translation):
            known = prose.unit_hash(english.units[name])
            stamps[name] = known if name in wanted_units else before.get(name)
            if name in wanted_units and before.get(name) != known:
                accepted.append(name)
        lines = [f"  {name}: '{stamp}'\n" for name, stamp in stamps.items() if stamp]
        _write_source(translation.file, "".join(["source:\n", *lines]))
    return accepted


def select_units(loaded: LoadedExercise, lang: str, wanted: str = "*") -> list[str]:
    """Return the units that ``wanted`` selects: all that are translated, or one of them.

    Raises:
        CourseError: a file is missing or broken.
        UnknownTranslationUnitError: the unit is unknown, or not translated.

    """
    pairs = _pairs(loaded, lang)
    ready = [name for english, translation in pairs for name in _ready(english, translation)]
    if wanted == "*":
        return ready
    if wanted not in ready:
        of_solution = wanted.startswith(solutions.UNITS)
        file = loaded.solution_file(lang) if of_solution else loaded.prose_file(lang)
        raise UnknownTranslationUnitError(
            file, wanted, tuple(difflib.get_close_matches(wanted, ready))
        )
    return [wanted]


def _pairs(loaded: LoadedExercise, lang: str) -> list[tuple[_Texts, _Texts]]:
    """Return the English and the translation of each file; a solution may lack a translation."""
    files = zip(_files(loaded, "en"), _files(loaded, lang), strict=True)
    return [
        (_read(english), _read(file))
        for english, file in files
        if file.is_file() or file == loaded.prose_file(lang)
    ]


def _ready(english: _Texts, translation: _Texts) -> list[str]:
    return [name for name in english.units if name in translation.units]


def _write_source(file: Path, block: str) -> None:
    """Replace the block ``source``, or append it to the front matter."""
    front, _ = prose.split(read_text(file), file)
    kept = _SOURCE.sub("", front)
    if kept and not kept.endswith("\n"):
        kept += "\n"
    head = "---\n"
    rest = read_text(file)[len(head) + len(front) :]
    with file.open("w", encoding="utf-8", newline="\n") as stream:
        stream.write(f"{head}{kept}{block}{rest}")


def _english_problems(loaded: LoadedExercise) -> Iterator[Problem]:
    """Compare the English with the structure of the exercise, in both directions."""
    file = loaded.prose_file("en")
    written = prose.units(loaded.written_prose("en"))
    needed = _needed(loaded)
    for unit in sorted(needed - written.keys()):
        yield Problem(file, "en", unit, phrase("this text is missing"), phrase("write it"))
    pictures = tuple(f"pictures.{picture.id}." for picture in loaded.model.pictures)
    for unit in written.keys() - needed:
        words = unit.startswith("pictures.") and not unit.startswith(pictures)
        if words or unit.startswith(_STRUCTURE):
            what = phrase("exercise.yaml knows no such thing")
            yield Problem(file, "en", unit, what, phrase("take it out"))
    if not isinstance(loaded.model, CodeExercise):
        yield from _gap_problems(loaded, file, written)
    if not written["prompt"]:
        what = phrase("there is no prompt")
        yield Problem(file, "en", "prompt", what, phrase("write it below the front matter"))


def _solution_problems(loaded: LoadedExercise) -> Iterator[Problem]:
    """Compare the English explanation of right answers with the files that it explains."""
    file = loaded.solution_file("en")
    if not solutions.is_explained(loaded):
        languages = loaded.course.index.languages
        if loaded.style_sources or any(loaded.solution_file(one).is_file() for one in languages):
            yield Problem(file, "en", "", phrase("there is no such file"), phrase("write it"))
        return
    written = solutions.units(solutions.read_solution(file))
    needed = solutions.needed_units(loaded)
    for unit in sorted(needed - written.keys()):
        yield Problem(file, "en", unit, phrase("this text is missing"), phrase("write it"))
    for unit in written.keys() - needed:
        if unit.startswith(solutions.STYLES) and unit.endswith(".title"):
            name = f"{unit.removeprefix(solutions.STYLES).removesuffix('.title')}.py"
            style = loaded.course.relative(loaded.answers / "styles" / name)
            what = phrase("there is no file {{file}}", file=style)
            yield Problem(file, "en", unit, what, phrase("write it, or take the text out"))
        elif unit.startswith(solutions.QUESTIONS):
            what = phrase("exercise.yaml knows no such thing")
            yield Problem(file, "en", unit, what, phrase("take it out"))


def _gap_problems(
    loaded: LoadedExercise, file: Path, written: dict[str, Text]
) -> Iterator[Problem]:
    """Compare the gaps in the texts of questions with those of the exercise."""
    for question in loaded.quiz.questions:
        unit = f"questions.{question.id}"
        found, gaps = placeholders(str(written.get(unit, ""))), set(question.gaps)
        for gap in sorted(gaps - found) if unit in written else ():
            what = phrase("there is no gap {{gap}} in this text", gap=f"{{{{{gap}}}}}")
            yield Problem(file, "en", unit, what, phrase("write it where the answer belongs"))
        for gap in sorted(found - gaps):
            what = phrase("exercise.yaml lists no gap {{gap}}", gap=f"{{{{{gap}}}}}")
            yield Problem(file, "en", unit, what, phrase("list it, or take it out"))


def _needed(loaded: LoadedExercise) -> set[str]:
    """Return the units that the structure of an exercise requires."""
    model = loaded.model
    captions = {f"pictures.{picture.id}.{CAPTION}" for picture in model.pictures}
    if isinstance(model, CodeExercise):
        return captions | {
            *(f"checks.{check}" for check in model.checks),
            *(f"feedback.{wrong.id}" for wrong in model.misconceptions),
            *(f"feedback.{common.id}" for common in model.alike),
            *(f"observations.{fact}" for fact in model.observations),
            *(f"remarks.{remark}" for remark in model.remarks),
            *(f"blanks.{blank}" for blank in marks(loaded.stub_source).values() if blank),
        }
    needed = captions | {f"questions.{question.id}" for question in model.questions}
    for question in model.questions:
        needed |= {f"choices.{question.id}.{choice}" for choice in question.choices}
        needed |= {f"items.{question.id}.{item}" for item in question.items}
    for question_id, key in loaded.key.questions.items():
        needed |= {f"feedback.{mistake}" for mistake in key.mistakes}
        needed |= {f"key_points.{question_id}.{point}" for point in key.key_points}
    return needed


def _translation_problems(
    loaded: LoadedExercise, texts: Mapping[str, Text], file: Path, lang: str
) -> Iterator[Problem]:
    if not file.is_file():
        yield Problem(file, lang, "", phrase("there is no translation"), phrase("write it"))
        return
    translation = _read(file)
    translated, stamps = translation.units, translation.source
    stale = prose.outdated(texts, translated, stamps)
    if not stamps:
        advice = phrase(
            "read it beside the English, then accept all of it with {{command}}",
            command=_acceptance(loaded, lang, "'*'"),
        )
        yield Problem(file, lang, "", phrase("nothing of it is accepted yet"), advice)
    for unit, text in texts.items():
        if unit not in translated:
            what = phrase("this text is not translated")
            yield Problem(file, lang, unit, what, phrase("translate it"))
            continue
        if unit in stale and stamps:
            command = _acceptance(loaded, lang, unit)
            yield Problem(file, lang, unit, *_unaccepted(command, known=unit in stamps))
        for what, advice in _differences(unit, text, translated[unit], lang):
            yield Problem(file, lang, unit, what, advice)
    for unit in translated.keys() - texts.keys():
        what = phrase("there is no such English text")
        yield Problem(file, lang, unit, what, phrase("take it out"))


def _unaccepted(command: str, *, known: bool) -> tuple[Phrase, Phrase]:
    """Return that a translation is outdated, or new, with advice."""
    if known:
        advice = phrase("mend the translation, then accept it with {{command}}", command=command)
        return phrase("the English changed since"), advice
    advice = phrase("read it beside the English, then accept it with {{command}}", command=command)
    return phrase("this text is not accepted yet"), advice


def _acceptance(loaded: LoadedExercise, lang: str, unit: str) -> str:
    """Return the command that accepts a unit, or all of them."""
    course = loaded.course.option
    return f"grader validate {loaded.model.id}{course} --accept-translation {unit} --lang {lang}"


_Difference = tuple[Phrase, Phrase]
_OTHER = {
    "formulas": msgid("other formulas than in English ({{difference}})"),
    "numbers": msgid("other numbers than in English ({{difference}})"),
    "code": msgid("other code than in English ({{difference}})"),
}


def _differences(unit: str, text: Text, translated: Text, lang: str) -> Iterator[_Difference]:
    """Compare what a translation must share with the English: everything but the words."""
    kinds = {"code", "fence"} if unit.startswith("questions.") else {"code"}
    if isinstance(translated, dict):
        yield from _missing_forms(translated, lang)
        for form in translated.values():
            yield from _differing_names(text, form, spare={"n"})
        return
    yield from _differing_names(text, translated, spare=set())
    if isinstance(text, dict):
        return
    numbers, translated_numbers = _numbers(text), _numbers(translated)
    written = translated_numbers | numbers
    for what, ours, theirs in (
        ("formulas", _formulas(text), _formulas(translated)),
        ("numbers", sorted(numbers), sorted(translated_numbers)),
        ("code", _code(text, kinds), _code(translated, kinds)),
    ):
        missing, extra = _minus(ours, theirs), _minus(theirs, ours)
        if what == "numbers":
            missing, extra = [written[one] for one in missing], [written[one] for one in extra]
        if missing or extra:
            found = [phrase("lacks {{things}}", things=missing)] if missing else []
            found += [phrase("adds {{things}}", things=extra)] if extra else []
            yield Phrase(_OTHER[what], {"difference": found}), phrase("make them equal")


def _missing_forms(forms: Collection[str], lang: str) -> Iterator[_Difference]:
    """Yield a difference for each missing plural form of a language."""
    for name in sorted(plural_names(lang).keys() - set(forms)):
        yield phrase("the plural form {{name}} is missing", name=repr(name)), phrase("add it")


def _differing_names(text: Text, translated: str, spare: set[str]) -> Iterator[_Difference]:
    english = text if isinstance(text, str) else " ".join(text.values())
    ours, theirs = placeholders(english) | spare, placeholders(translated) | spare
    if ours != theirs:
        names = ", ".join(f"{{{{{name}}}}}" for name in sorted(ours ^ theirs))
        what = phrase("the placeholders differ from the English ({{names}})", names=names)
        yield what, phrase("make them equal")


def _formulas(text: str) -> list[str]:
    """Return the formulas of a text, without the parts that differ between languages."""
    formulas = [p.content for p in pieces(text) if p.kind in {"formula", "display"}]
    neutral = (_WORDS_IN_FORMULA.sub("", formula) for formula in formulas)
    return ["".join(f.replace("{,}", ".").replace(r"\,", "").split()) for f in neutral]


def _numbers(text: str) -> dict[str, str]:
    """Return the numbers among the words, as written, by their digits only.

    Separators of digits, which differ between languages, do not matter.
    """
    words = " ".join(piece.content for piece in pieces(text) if piece.kind == "words")
    return {re.sub(r"[.,\s]", "", number): number for number in _NUMBER.findall(words)}


def _code(text: str, kinds: set[str]) -> list[str]:
    return sorted({piece.content for piece in pieces(text) if piece.kind in kinds})


def _minus(left: list[str], right: list[str]) -> list[str]:
    """Return the elements that are in ``left`` more often than in ``right``."""
    return sorted((Counter(left) - Counter(right)).elements())
