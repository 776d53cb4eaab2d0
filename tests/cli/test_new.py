"""``grader new``: what is written for an author, and what is left to write."""

import json

import pytest
import yaml
from support.languages import TRANSLATED
from support.text_blocks import block

COURSE = "mine"
RIGHT = {
    "reference.py": "    return 2 * x\n",
    "first_mistake.py": "    return 3 * x\n",
}


def new(grader, *arguments):
    done = grader.run("new", *arguments, "--course", COURSE)
    assert done.returncode == 0, done.stderr
    return done.stdout


def fill_in(grader):
    """Write words in place of every note, and the bodies of functions; nothing else."""
    for file in sorted((grader.folder / COURSE).rglob("*")):
        if file.suffix not in {".py", ".md"}:
            continue
        text = file.read_text(encoding="utf-8")
        if file.name in RIGHT:
            text = text.partition("    # AUTHOR:")[0] + RIGHT[file.name]
        lines = [
            line.partition("AUTHOR:")[0]
            + ("Some words." if file.suffix == ".md" else "mine")
            + ('"' if line.endswith('"') else "")
            if "AUTHOR:" in line
            else line
            for line in text.splitlines()
        ]
        file.write_text("\n".join(lines) + "\n", encoding="utf-8")


@pytest.mark.slow
def test_a_course_of_three_kinds_is_proved_once_words_and_functions_are_filled_in(grader):
    for name, kind in (("double", "code"), ("words", "quiz"), ("find", "lines")):
        assert f"exercises/ex0{['code', 'quiz', 'lines'].index(kind) + 1}_{name}/" in new(
            grader, name, kind
        )
    left = grader.run("validate", "--course", COURSE)
    assert left.returncode == 1
    assert left.stdout.count("is still to be written") == len(
        [line for line in left.stdout.splitlines() if line.startswith("  ")]
    )
    fill_in(grader)
    done = grader.run("validate", "--course", COURSE)
    assert done.returncode == 0, done.stdout
    assert done.stdout.count("PASS") == 3
    grader.write(
        "half.py",
        block("""
            def double(x):
                return 2 * x
        """),
    )
    assert grader.run("grade", "ex01", "half.py", "--course", COURSE).returncode == 0


def test_a_new_course_is_one_that_loads(grader):
    new(grader, "words", "quiz", "--section", "first_steps")
    index = yaml.safe_load((grader.folder / "mine/exercises/course.yaml").read_text())
    assert index["sections"] == [{"id": "first_steps", "exercises": ["ex01_words"]}]
    listed = json.loads(grader.run("list", "--course", COURSE, "--json").stdout)
    assert [one["id"] for one in listed[0]["exercises"]] == ["ex01"]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("    exercises: []\n", "    exercises: [ex01_words]\n"),
        (
            "    exercises: [ ex04_one ]  # kept\n",
            "    exercises: [ ex04_one, ex05_words ]  # kept\n",
        ),
        (
            "    exercises:\n    # kept\n    - ex04_one # too\n",
            "    exercises:\n    # kept\n    - ex04_one # too\n    - ex05_words\n",
        ),
        (
            "    exercises:\n      -   ex04_one\n",
            "    exercises:\n      -   ex04_one\n      -   ex05_words\n",
        ),
    ],
)
def test_the_list_of_a_course_keeps_its_form(grader, written, expected):
    head = block("""
        format: 1
        id: mine
        seed: 1
        languages: [en]
        sections:
          - id: basics
    """)
    (grader.folder / "mine/exercises/ex04_one").mkdir(parents=True)
    (grader.folder / "mine/i18n/en").mkdir(parents=True)
    grader.write("mine/exercises/course.yaml", head + written)
    new(grader, "words", "quiz")
    text = (grader.folder / "mine/exercises/course.yaml").read_text(encoding="utf-8")
    assert text == head + expected


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["7"], "is no name of an exercise"),
        (["ex07"], "is no name of an exercise"),
        (["Ex01-Mean"], "is no name of an exercise"),
        (["../mean"], "is no name of an exercise"),
        (["ex01_mean"], "ex01 is taken by ex01_words"),
        (["mean", "--section", "none"], "has no section none, but basics"),
        (["mean", "essay"], "KIND is one of: code, quiz, lines"),
    ],
)
def test_what_cannot_be_made_is_told_and_nothing_is_written(grader, arguments, said):
    new(grader, "words", "quiz")
    before = sorted(grader.folder.rglob("*"))
    done = grader.run("new", *arguments, "--course", COURSE)
    assert done.returncode == 2
    assert said in done.stderr
    assert sorted(grader.folder.rglob("*")) == before


def test_files_that_are_there_are_never_written_over(grader):
    new(grader, "words", "quiz")
    kept = grader.folder / "mine/i18n/en/ex02_words.md"
    kept.write_text("mine", encoding="utf-8")
    done = grader.run("new", "ex02_words", "quiz", "--course", COURSE)
    assert done.returncode == 2
    assert "is there already" in done.stderr
    assert kept.read_text(encoding="utf-8") == "mine"


def test_without_a_course_it_asks_for_one(grader):
    done = grader.run("new", "mean")
    assert done.returncode == 2
    assert "--course DIR" in done.stderr


@pytest.mark.parametrize("lang", TRANSLATED)
def test_notes_are_in_the_language_of_their_author(grader, lang):
    new(grader, "mean", "code", "--lang", lang)
    done = grader.run("validate", "--course", COURSE, "--lang", lang)
    assert done.returncode == 1
    assert "AUTHOR" not in done.stdout
    assert "title" not in done.stdout
