"""A fourth language is spoken as soon as its folder is there, and no longer than that."""

import io
import shutil

import pytest
from babel.messages.pofile import read_po, write_po
from support.text_blocks import block
from support.tree import Tree

GERMAN = {
    "list the exercises": "die Übungen auflisten",
    "show this help": "diese Hilfe zeigen",
    "Usage:": "Aufruf:",
    "{{n}} point": ("{{n}} Punkt", "{{n}} Punkte"),
}


def translate(tree, lang):
    """Fill an empty catalogue: a few messages in German, all others marked."""
    file = tree.i18n / lang / "LC_MESSAGES" / "grader.po"
    with file.open("rb") as stream:
        catalogue = read_po(stream, locale=lang)
    for message in catalogue:
        if message.pluralizable:
            marked = tuple(f"« {form}" for form in message.id)
            message.string = GERMAN.get(message.id[0], marked)
        elif message.id:
            message.string = GERMAN.get(message.id, f"« {message.id}")
    written = io.BytesIO()
    write_po(written, catalogue)
    file.write_bytes(written.getvalue())


def prose(tree, lang):
    """Translate the course."""
    index = tree.course / "exercises" / "course.yaml"
    text = index.read_text(encoding="utf-8")
    index.write_text(text.replace("ru]", f"ru, {lang}]"), encoding="utf-8")
    shutil.copytree(tree.course / "i18n" / "en", tree.course / "i18n" / lang)
    for file in (tree.course / "i18n" / lang).iterdir():
        text = file.read_text(encoding="utf-8")
        file.write_text(text.replace("title: ", "title: Auf Deutsch, ", 1), encoding="utf-8")


@pytest.fixture(scope="module")
def tree(tmp_path_factory):
    return Tree(tmp_path_factory.mktemp("tree"))


@pytest.fixture(scope="module")
def german(tree):
    """The tree with German, as its translator has made it."""
    code, said, wrong = tree.python("-m", "grader.report.po_files", "de")
    assert (code, wrong) == (0, ""), wrong
    assert said.endswith("messages to be translated\n")
    assert " 0 of " not in said
    translate(tree, "de")
    prose(tree, "de")
    return tree


def refused(tree):
    code, said, wrong = tree.run("list", "--lang", "de")
    assert (code, said) == (2, "")
    return wrong


def test_a_language_without_a_folder_is_refused(tree):
    assert "--lang is one of: en, fr, ru\n" in refused(tree)
    assert tree.run("list", GRADER_LANG="de")[1] == tree.run("list", GRADER_LANG="en")[1]


def test_an_empty_catalogue_speaks_english(tree):
    assert tree.python("-m", "grader.report.po_files", "eo")[0] == 0
    assert tree.run("list", "--lang", "eo") == tree.run("list", "--lang", "en")
    shutil.rmtree(tree.i18n / "eo")


def test_commands_speak_it(german):
    code, said, wrong = german.run("list", "--help", "--lang", "de")
    assert (code, wrong) == (0, "")
    assert "Aufruf: " in said
    assert "diese Hilfe zeigen" in said
    assert "« language of all texts: de, en" not in said
    assert "« language of all texts: en, de, fr, ru" in said
    assert german.run("list", "--help", GRADER_LANG="de")[1] == said


def test_exercises_and_reports_come_in_it(german):
    assert " Punkte" in german.run("list", "--lang", "de")[1]
    told = german.run("validate", "ex01", "--accept-translation", "*", "--lang", "de")
    assert told[0] == 0, told
    code, said, _ = german.run("show", "ex01", "--lang", "de", "--plain")
    assert (code, "Auf Deutsch, " in said) == (0, True), said
    answer = german.course / "wrong.py"
    answer.write_text(
        block("""
        def double(x):
            return x + 1
    """),
        encoding="utf-8",
    )
    code, said, _ = german.run("grade", "ex01", answer, "--lang", "de")
    assert code == 1
    assert "Auf Deutsch, " in said
    assert "« " in said


def test_its_texts_are_held_to_the_english(german):
    code, said, _ = german.run("validate", "ex01", "--lang", "en")
    assert code == 0, said
    file = german.course / "i18n" / "de" / "ex01_double.md"
    text = file.read_text(encoding="utf-8")
    broken = text.replace("squared: You", "squared: {one: Sie} # ")
    file.write_text(broken.replace("`double(x)`", "`twice(x)`"), encoding="utf-8")
    code, said, _ = german.run("validate", "ex01", "--lang", "en")
    file.write_text(text, encoding="utf-8")
    assert code == 1
    assert "feedback.squared: the plural form 'other' is missing" in said
    assert "prompt: other code than in English" in said


def test_without_its_folder_it_is_refused_again(german):
    kept = german.i18n.with_name("kept")
    (german.i18n / "de").rename(kept)
    assert "--lang is one of: en, fr, ru\n" in refused(german)
    code, said, wrong = german.run("list", GRADER_LANG="de")  # the course still has its prose
    assert (code, wrong) == (0, "")
    assert "Auf Deutsch" not in said
    kept.rename(german.i18n / "de")
