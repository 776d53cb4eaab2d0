"""A course and its exercises, read from their folders."""

from __future__ import annotations

import ast
import hashlib
import re
import shlex
from functools import cached_property
from typing import TYPE_CHECKING

from grader.course import prose
from grader.course.errors import CourseError, UnknownExerciseError
from grader.course.exercise_names import close_to, folders_by_name, is_called
from grader.course.locate import INDEX
from grader.course.models import (
    EXERCISE,
    CodeExercise,
    CourseFrontMatter,
    CourseIndex,
    KeyFile,
    QuestionExercise,
)
from grader.course.phrases import phrase
from grader.course.sealed import FILE as SEALED
from grader.course.sealed import Sealed, read_sealed
from grader.course.yaml_files import parse_yaml, read_text, validated

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_UNDISPLAYED = frozenset({"hidden", "held_back"})
_UNMODIFIED = "assert_unmodified"
_FOLDER = re.compile(r"ex[0-9]{2,3}_[a-z][a-z0-9_]*")


class Course:
    """A folder with ``exercises/``, ``answers/`` and ``i18n/``."""

    def __init__(self, root: Path, named: Path | None = None) -> None:
        """Represent the course in ``root``; no file is read yet.

        ``named`` is the folder as the user named it, None if commands need not name it.
        """
        self.root = root
        self.named = named
        self.option = "" if named is None else f" --course {shlex.quote(str(named))}"
        self._loaded: dict[str, LoadedExercise] = {}

    @cached_property
    def index(self) -> CourseIndex:
        """exercises/course.yaml.

        Raises:
            CourseError: it is missing or broken.

        """
        file = self.root / INDEX
        index = validated(CourseIndex, parse_yaml(read_text(file), file), file)
        for number, section in enumerate(index.sections):
            for name in section.exercises:
                field = f"sections[{number}].exercises"
                if not _FOLDER.fullmatch(name):
                    what = phrase("{{name}} has not the form ex01_name", name=repr(name))
                    advice = phrase("write the exercise's folder")
                    raise CourseError(file, field, what, advice)
                if not (self.root / "exercises" / name).is_dir():
                    what = phrase("there is no folder {{folder}}", folder=f"exercises/{name}")
                    raise CourseError(file, field, what, phrase("make it, or take it out"))
        return index

    @property
    def names(self) -> tuple[str, ...]:
        """Folder names of the exercises in the order of study."""
        return tuple(name for section in self.index.sections for name in section.exercises)

    @cached_property
    def _folders(self) -> dict[str, tuple[str, ...]]:
        return folders_by_name(self.names)

    @property
    def is_kit(self) -> bool:
        """Whether this is a students' kit: it holds seals in the place of answers."""
        return self.index.kit

    def exercises(self) -> list[LoadedExercise]:
        """Return all exercises in the order of study."""
        return [self._load(name) for name in self.names]

    def exercise(self, name: str) -> LoadedExercise:
        """Return the exercise called ``ex11``, ``EX11``, ``11``, ``ex11_softmax`` or ``softmax``.

        Raises:
            UnknownExerciseError: there is none, or more than one.

        """
        wanted = name.strip().casefold()
        found = self._folders.get(wanted, ())
        if len(found) == 1:
            return self._load(found[0])
        raise UnknownExerciseError(name, tuple(found) or close_to(wanted, self.names))

    def prose(self, lang: str) -> CourseFrontMatter:
        """Return title and section titles in a language; in English if they are missing."""
        file = self.root / "i18n" / lang / "course.md"
        if lang != "en" and not file.is_file():
            return self.prose("en")
        front, _ = prose.split(read_text(file), file)
        return validated(CourseFrontMatter, parse_yaml(front, file, 2), file)

    def _load(self, name: str) -> LoadedExercise:
        if name not in self._loaded:
            self._loaded[name] = LoadedExercise(self, name)
        return self._loaded[name]

    def relative(self, file: Path) -> str:
        """Return the path of a file relative to the course, as authors know it."""
        return file.relative_to(self.root).as_posix() if self.root in file.parents else str(file)


class LoadedExercise:
    """One exercise of a course; every file is read on demand, once.

    Raises:
        CourseError: by each property that reads a file, if that file is missing or broken.

    """

    def __init__(self, course: Course, name: str) -> None:
        """Represent the exercise in the folder ``name``; no file is read yet."""
        self.course = course
        self.name = name
        self.folder = course.root / "exercises" / name
        self.answers = course.root / "answers" / name
        self._prose: dict[str, prose.ExerciseProse] = {}

    def __repr__(self) -> str:
        """Return the name, for test output."""
        return f"LoadedExercise({self.name!r})"

    @cached_property
    def model(self) -> CodeExercise | QuestionExercise:
        """exercise.yaml."""
        file = self.folder / "exercise.yaml"
        model = validated(EXERCISE, parse_yaml(read_text(file), file), file)
        if model.name != self.name:
            what = phrase("{{name}} is not the name of its folder", name=model.name)
            raise CourseError(file, "id, slug", what, phrase("rename one of the two"))
        sections = [s.id for s in self.course.index.sections if self.name in s.exercises]
        if model.section not in sections:
            what = phrase("course.yaml has it in {{section}}, not here", section=repr(sections[0]))
            raise CourseError(file, "section", what, phrase("make the two agree"))
        return model

    @property
    def code(self) -> CodeExercise:
        """The structure of a code exercise.

        Raises:
            TypeError: it is of another kind.

        """
        if not isinstance(self.model, CodeExercise):
            raise TypeError(f"{self.name} is not a code exercise")
        return self.model

    @property
    def quiz(self) -> QuestionExercise:
        """The structure of a quiz or lines exercise.

        Raises:
            TypeError: it is of another kind.

        """
        if not isinstance(self.model, QuestionExercise):
            raise TypeError(f"{self.name} has no questions")
        return self.model

    def is_called(self, name: str) -> bool:
        """Return True if a name is one of those by which this exercise may be requested."""
        return is_called(self.name, name)

    # Prose.

    def prose_file(self, lang: str) -> Path:
        """Return the path of the prose in a language, which need not exist."""
        return self.course.root / "i18n" / lang / f"{self.name}.md"

    def solution_file(self, lang: str) -> Path:
        """Return the path of the explained right answers in a language, which need not exist."""
        return self.course.root / "i18n" / lang / f"{self.name}.solution.md"

    def written_prose(self, lang: str) -> prose.ExerciseProse:
        """Return the prose of that language's file."""
        if lang not in self._prose:
            self._prose[lang] = prose.read_prose(self.prose_file(lang), lang)
        return self._prose[lang]

    def prose(self, lang: str) -> prose.ExerciseProse:
        """Return the prose to show: English if the translation is missing or outdated."""
        english = self.written_prose("en")
        if lang == "en":
            return english
        if not self.prose_file(lang).is_file():
            stale = frozenset(prose.units(english))
            return prose.ExerciseProse(english.front, english.prompt, lang, stale)
        return prose.with_english(english, self.written_prose(lang))

    def title(self, lang: str) -> str:
        """Return only the title, which is faster than all prose, and may be outdated."""
        if lang in self._prose:
            return self._prose[lang].front.title
        file = self.prose_file(lang)
        return prose.read_title(file if file.is_file() else self.prose_file("en"))

    # Starting files.

    @property
    def stub_name(self) -> str:
        """The name of the file in which a student answers."""
        return f"{self.name}{'.py' if self.model.kind == 'code' else '.yaml'}"

    def stub(self, lang: str, order: int | None = None) -> str:
        """Return the file that a student starts from, with the prompt at its top.

        ``order`` is the seed of the order of choices, by default that of the course.
        """
        from grader.course.starter_files import starter_file  # noqa: PLC0415 - judging needs no stub

        return starter_file(self, lang, order)

    @property
    def stub_source(self) -> str:
        """stub.py."""
        return read_text(self.folder / "stub.py")

    @property
    def given_sources(self) -> dict[str, str]:
        """Files that the submission may import, by name."""
        names = self.model.given if isinstance(self.model, CodeExercise) else ()
        return {name: read_text(self.folder / "given" / name, "given") for name in names}

    @property
    def data_files(self) -> dict[str, Path]:
        """The collections of arrays for the checks, by name: .npz files."""
        names = self.model.data if isinstance(self.model, CodeExercise) else ()
        return {name: self.course.root / "exercises" / "data" / f"{name}.npz" for name in names}

    def listing(self, name: str) -> str:
        """Return a listing to which questions refer."""
        return read_text(self.folder / name, "listing")

    # Judging.

    @property
    def checks_file(self) -> Path:
        """checks.py."""
        return self.folder / "checks.py"

    @property
    def pictures_file(self) -> Path:
        """pictures.py."""
        return self.folder / "pictures.py"

    @cached_property
    def hidden_checks(self) -> frozenset[str]:
        """Checks that are not displayed: marked ``@hidden`` or ``@held_back`` in checks.py."""
        try:
            tree = ast.parse(read_text(self.checks_file))
        except SyntaxError as error:
            raise CourseError(
                self.checks_file, "", f"`{error.msg}`", phrase("correct it"), line=error.lineno
            ) from None
        return frozenset(
            node.name
            for node in tree.body
            if isinstance(node, ast.FunctionDef)
            and any(
                ast.unparse(mark).split(".")[-1] in _UNDISPLAYED for mark in node.decorator_list
            )
        )

    @cached_property
    def on_trust(self) -> frozenset[str]:
        """Checks that rest on the student process: of modified arguments, and marked ones.

        A function of checks.py is one of them if it uses assert_unmodified, or another that does.
        """
        marked = frozenset(name for name, check in self.code.checks.items() if check.on_trust)
        text = read_text(self.checks_file)
        if _UNMODIFIED not in text:
            return marked
        mentions = {
            node.name: {part.id for part in ast.walk(node) if isinstance(part, ast.Name)}
            for node in ast.parse(text).body
            if isinstance(node, ast.FunctionDef)
        }
        found = {_UNMODIFIED}
        while more := {name for name, used in mentions.items() if used & found} - found:
            found |= more
        return marked | (found & self.code.checks.keys())

    @property
    def drive_source(self) -> str | None:
        """drive.py, if the exercise has one."""
        file = self.folder / "drive.py"
        return read_text(file) if file.is_file() else None

    @property
    def reference_source(self) -> str:
        """The right answer of a code exercise."""
        return read_text(self.answers / "reference.py")

    def misconception_source(self, id_: str) -> str:
        """Return a known wrong answer."""
        return read_text(self.answers / "misconceptions" / f"{id_}.py", "misconceptions")

    def variants(self, id_: str) -> list[str]:
        """Return a misconception and its variants, programs with the same mistake: ``id.word``."""
        return [id_, *(name for name in self._variants if name.startswith(f"{id_}."))]

    @cached_property
    def _variants(self) -> list[str]:
        if self.course.is_kit:
            return sorted(self.sealed.wrong)
        return sorted(file.stem for file in (self.answers / "misconceptions").glob("*.*.py"))

    def alike_source(self, id_: str) -> str:
        """Return a wrong answer that gets the shared sentence of several misconceptions."""
        return read_text(self.answers / "alike" / f"{id_}.py", "alike")

    def observed_source(self, id_: str) -> str:
        """Return a wrong answer for which exactly this observation is reported."""
        return read_text(self.answers / "observed" / f"{id_}.py", "observations")

    def remark_source(self, id_: str) -> str:
        """Return a right answer on which exactly this remark is made."""
        return read_text(self.answers / "remarks" / f"{id_}.py", "remarks")

    @cached_property
    def style_sources(self) -> dict[str, str]:
        """Other right answers, by name, that differ in style from the reference."""
        files = sorted((self.answers / "styles").glob("*.py"))
        return {file.stem: read_text(file, "styles") for file in files}

    @cached_property
    def library_answers(self) -> dict[str, str]:
        """Known answers by a library, by name: not a student's own work."""
        files = sorted((self.answers / "library").glob("*.py"))
        return {file.stem: read_text(file, "library") for file in files}

    @cached_property
    def key(self) -> KeyFile:
        """The right answers of a quiz or lines exercise."""
        file = self.answers / "key.yaml"
        return validated(KeyFile, parse_yaml(read_text(file), file), file)

    @cached_property
    def sealed(self) -> Sealed:
        """What a students' kit holds in the place of the answers."""
        return read_sealed(self.folder / SEALED)

    # Versions.

    @cached_property
    def grading_hash(self) -> str:
        """Hash of all files that affect a mark."""
        return self._hash(sorted(set(self._grading_files())))

    @cached_property
    def text_hash(self) -> str:
        """Hash of the prose in all languages."""
        return self._hash(sorted((self.course.root / "i18n").glob(f"*/{self.name}.md")))

    def _grading_files(self) -> Iterator[Path]:
        yield from (self.folder / name for name in ("exercise.yaml", "checks.py", "drive.py"))
        yield from (self.answers / name for name in ("reference.py", "key.yaml"))
        yield from self.folder.glob("sealed*")
        yield from (self.folder / "given").rglob("*.py")
        yield from self.data_files.values()
        yield from (self.answers / "misconceptions").glob("*.py")
        yield from (self.answers / "remarks").glob("*.py")
        if isinstance(self.model, QuestionExercise):
            yield from (self.folder / q.listing for q in self.model.questions if q.listing)

    def _hash(self, files: list[Path]) -> str:
        digest = hashlib.sha256()
        for file in files:
            if file.is_file():
                data = file.read_bytes()
                path = file.relative_to(self.course.root).as_posix()
                digest.update(f"{path}\0{len(data)}\0".encode())
                digest.update(data)
        return digest.hexdigest()
