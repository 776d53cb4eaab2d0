"""CONTRIBUTING.md names the files that a change touches: those that members of its kind touch.

A member is something that is there already, such as an exercise or a misconception. It touches the
files whose path or text names it. Each file of the list *Always* must be one of them, and each of
them must be in one of the two lists.
"""

import functools
import itertools
import os
import re
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from support.documents import ROOT, prose, section

from grader.course.loading import Course
from grader.course.models import CodeExercise
from grader.questions.registry import kind_of

DOCUMENT = "CONTRIBUTING.md"
COURSE = Course(ROOT)
BULLETS = r"(?:[-  ].*\n)+"
ALWAYS = re.compile(rf"Always:\n\n({BULLETS})")
SOMETIMES = re.compile(rf"Where it applies:\n\n({BULLETS})")
BULLET = re.compile(r"^- ((?:`[^`]+`(?:,\s+|(?=:)))+)", re.MULTILINE)
PLACEHOLDER = re.compile(r"exNN_name|exNN|\b[A-Z_]{2,}\b(?!\.md)")
TOPS = ("grader", "exercises", "answers", "i18n", "tests", "benchmarks", "docs")
CACHES = {"__pycache__", ".hypothesis"}


@dataclass(frozen=True)
class Member:
    """Something that is there: how files name it, and what stands for the capitals of the lists."""

    spellings: tuple[str, ...]
    names: dict[str, str] = field(default_factory=dict)
    tops: tuple[str, ...] = TOPS  # where it is looked for: tests may name it as an example

    @property
    def touched(self):
        """The files whose path or text names it."""
        spelt = re.compile("|".join(self.spellings), re.MULTILINE)
        return [
            path
            for path, text in files().items()
            if path.startswith(self.tops) and (spelt.search(path) or spelt.search(text))
        ]

    def patterns(self, listed):
        """Return what a path of a list stands for, for this member: one path for each language."""
        filled = listed
        for placeholder, name in self.names.items():
            filled = filled.replace(placeholder, name)
        languages = [""]
        if "XX" in filled:
            english = "LC_MESSAGES" not in filled  # what the program says in English is in its code
            languages = [lang for lang in COURSE.index.languages if english or lang != "en"]
        return [PLACEHOLDER.sub("*", filled.replace("XX", lang)) for lang in languages]


@functools.cache
def files():
    """Return the text of every file of the repository that is not in a cache, by its path."""
    found = {}
    for top in TOPS:
        for place, folders, names in os.walk(ROOT / top):
            folders[:] = [name for name in folders if name not in CACHES]
            for name in set(names) - {Path(__file__).name}:  # which names them all
                path = os.path.relpath(os.path.join(place, name), ROOT)  # noqa: PTH118 - thousands
                with open(ROOT / path, encoding="utf-8", errors="replace") as file:  # noqa: PTH123
                    found[path] = file.read()
    return found


@functools.cache
def shape(pattern):
    """Return the paths that a pattern stands for, as a regular expression."""
    inside = "[^/]*".join(map(re.escape, pattern.split("*")))
    return re.compile(inside + (".*" if pattern.endswith("/") else ""))


def fits(path, pattern):
    """Tell whether a path of the repository is one that a pattern stands for."""
    return shape(pattern).fullmatch(path) is not None


def lists(heading):
    """Return what the section says is touched always, and what is where it applies."""
    told = section(DOCUMENT, heading)
    return tuple(
        [
            path
            for bullets in found.findall(told)
            for bullet in BULLET.findall(bullets)
            for path in re.findall(r"`([^`]+)`", bullet)
        ]
        for found in (ALWAYS, SOMETIMES)
    )


WISHES = re.findall(r"^### (.+)$", section(DOCUMENT, "I want to …"), re.MULTILINE)


def exercise(loaded):
    """An exercise: files name it by its id."""
    id_ = loaded.model.id
    spelling = rf"(?<![a-z0-9]){id_}(?![a-z0-9])"
    return Member((spelling,), {"exNN_name": loaded.name, "exNN": id_})


def misconception(exercise_id, id_):
    """A misconception: files name it by its id, docs/course.md by its sentence."""
    loaded = COURSE.exercise(exercise_id)
    words = re.split(r"[.:]", loaded.prose("en").front.feedback[id_])[0]
    names = {"exNN_name": loaded.name, "exNN": exercise_id, "MISTAKE": id_}
    return Member((rf"\b{id_}\b", re.escape(words)), names)


def observation(exercise_id, id_):
    """An observation of an exercise: files name it by its id, docs/course.md counts it."""
    loaded = COURSE.exercise(exercise_id)
    counted = f"^Besides: {len(loaded.model.observations)} facts"
    names = {"exNN_name": loaded.name, "exNN": exercise_id, "FACT": id_}
    return Member((rf"\b{id_}\b", counted), names)


def kind(name):
    """A kind of question: files name it, its class, or say how it is answered."""
    made = kind_of(name)
    how = re.escape(made.how[:40])
    return Member((rf"\b{name}\b", rf"\b{type(made).__name__}\b", how), {"KIND": name})


def layer(name, protection):
    """An isolation layer: files name its class, or the protection of the kernel."""
    spellings = (rf"\b{name}\b", rf"(?i:\b{protection}\b)")
    tops = ("grader/", "i18n/", "docs/", "tests/student/", "tests/arena/")
    return Member(spellings, {"LAYER": protection}, tops)


def general_observation(id_):
    """A general observation: files name it by its id, its own file by its name."""
    name = id_.partition(".")[2]
    spellings = (rf"\b{re.escape(id_)}\b", rf"^grader/observations/general/{name}\.py$")
    return Member(spellings, {"FACT": name}, ("grader/", "i18n/", "docs/", "tests/"))


def learning_system(name):
    """A learning system: files name it as people do."""
    tops = ("grader/", "i18n/", "docs/", "tests/batch/")
    return Member((rf"(?i:\b{name}\b)",), {"LMS": name}, tops)


def language(code):
    """A language: files of the program and of exercises name it by its code."""
    spellings = (
        rf"^i18n/{code}/",
        rf"[\"']{code}[\"']",
        rf"^languages:.*\b{code}\b",
        rf"\b{code}: [\[\"'\w]",
    )
    return Member(spellings, {"CODE": code}, ("grader/", "exercises/", "answers/", "i18n/"))


MEMBERS = {
    ("An exercise", "ex17"): exercise(COURSE.exercise("ex17")),
    ("An exercise", "ex43"): exercise(COURSE.exercise("ex43")),
    ("A quiz", "ex19"): exercise(COURSE.exercise("ex19")),
    ("A quiz", "ex16"): exercise(COURSE.exercise("ex16")),
    ("A misconception", "ex11"): misconception("ex11", "maximum_in_numerator_only"),
    ("A misconception", "ex29"): misconception("ex29", "ratio_of_norms"),
    ("An observation of an exercise", "ex11"): observation("ex11", "first_sum"),
    ("A kind of question", "cloze"): kind("cloze"),
    ("A kind of question", "short_text"): kind("short_text"),
    ("A general observation", "cumulative"): general_observation("observation.cumulative"),
    ("A general observation", "transposed"): general_observation("transform.transposed"),
    ("A learning system", "blackboard"): learning_system("blackboard"),
    ("A learning system", "vpl"): learning_system("vpl"),
    ("A language", "fr"): language("fr"),
    ("A language", "ru"): language("ru"),
    ("An isolation layer", "files"): layer("FilesLayer", "landlock"),
    ("An isolation layer", "calls"): layer("CallsLayer", "seccomp"),
    ("An attack", "gaming_load"): Member(("gaming_load",), {"FAMILY_TRICK": "gaming_load"}),
}


def test_every_wish_of_the_first_table_has_its_lists():
    asked = re.findall(r"\(#([\w-]+)\)", section(DOCUMENT, "I want to …"))
    assert {heading.lower().replace(" ", "-") for heading in WISHES} == set(asked)
    for heading in WISHES:
        assert lists(heading)[0], heading
        listed = "".join(
            ALWAYS.findall(told := section(DOCUMENT, heading)) + SOMETIMES.findall(told)
        )
        assert len(BULLET.findall(listed)) == len(re.findall(r"^- ", told, re.MULTILINE)), heading
        assert "Prove it: " in section(DOCUMENT, heading)


@pytest.mark.parametrize("heading", WISHES)
def test_every_path_that_is_listed_exists(heading):
    for listed in itertools.chain(*lists(heading)):
        for pattern in Member(()).patterns(listed):
            assert any(fits(path, pattern) for path in files()), pattern


def test_every_path_in_a_sentence_exists():
    spans = re.findall(r"`([\w./*-]+/[\w./*-]*)`", prose(DOCUMENT))
    assert spans
    missing = [
        span
        for span in spans
        if not PLACEHOLDER.search(span)
        and not any(fits(path, span) for path in files())
        and not (ROOT / span).exists()
    ]
    assert missing == []


@pytest.mark.parametrize(
    ("heading", "member"),
    [
        pytest.param(heading, made, id=f"{heading}: {name}")
        for (heading, name), made in MEMBERS.items()
    ],
)
def test_a_member_touches_what_is_listed_and_nothing_else(heading, member):
    always, sometimes = lists(heading)
    touched = member.touched
    needed = [pattern for listed in always for pattern in member.patterns(listed)]
    assert [p for p in needed if not any(fits(path, p) for path in touched)] == []
    known = needed + [pattern for listed in sometimes for pattern in member.patterns(listed)]
    assert [path for path in touched if not any(fits(path, p) for p in known)] == []


@pytest.mark.parametrize("loaded", COURSE.exercises(), ids=lambda loaded: loaded.model.id)
def test_every_exercise_has_the_files_that_are_listed(loaded):
    heading = "An exercise" if isinstance(loaded.model, CodeExercise) else "A quiz"
    always, sometimes = lists(heading)
    member = exercise(loaded)
    needed = [pattern for listed in always for pattern in member.patterns(listed)]
    assert [p for p in needed if not any(fits(path, p) for path in files())] == []
    known = needed + [pattern for listed in sometimes for pattern in member.patterns(listed)]
    own = [path for path in files() if f"/{loaded.name}" in path]
    assert [path for path in own if not any(fits(path, p) for p in known)] == []
