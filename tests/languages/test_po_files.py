"""The translations of messages: complete, and brought up to date by a command."""

import io
import os
import subprocess
import sys

import pytest
from babel.messages.pofile import read_po
from support.languages import TRANSLATED

from grader.course.languages import CATALOGUE, folder_of
from grader.report.po_files import main, messages, new_file, untranslated, updated

SAID = [
    ("There is no file {{file}}.", "read.missing"),
    ('List "all" of them: ' + "a long text, which is wrapped; " * 5, None),
    (("{{n}} point", "{{n}} points"), None),
    ("The end.", None),
]


@pytest.fixture(params=TRANSLATED)
def translated(request):
    return (folder_of(request.param) / CATALOGUE).read_text(encoding="utf-8"), request.param


def test_each_language_has_every_message_and_no_other(translated):
    text, lang = translated
    assert updated(text, lang, messages()) == text, "run: python -m grader.report.po_files"
    assert untranslated(text, lang) == []


def test_the_command_changes_no_byte_of_what_is_up_to_date(capsys):
    before = {lang: (folder_of(lang) / CATALOGUE).read_bytes() for lang in TRANSLATED}
    assert main([]) == 0
    assert {lang: (folder_of(lang) / CATALOGUE).read_bytes() for lang in TRANSLATED} == before
    assert capsys.readouterr().out.count(": 0 of ") == len(TRANSLATED)


def entries(text, lang):
    read = read_po(io.StringIO(text), locale=lang)
    kept = {message.context or message.id: message.string for message in read if message.id}
    return kept, {message.id: message.string for message in read.obsolete.values()}


@pytest.mark.parametrize(("lang", "forms"), [("de", 2), ("pl", 3), ("ja", 1), ("ar", 6)])
def test_a_new_language_begins_with_empty_entries_in_its_plural_forms(lang, forms):
    text = updated(new_file(lang), lang, SAID)
    kept, retired = entries(text, lang)
    assert kept == {
        "read.missing": "",
        SAID[1][0]: "",
        ("{{n}} point", "{{n}} points"): ("",) * forms,
        "The end.": "",
    }
    assert retired == {}
    assert untranslated(text, lang) == SAID
    assert updated(text, lang, SAID) == text


@pytest.fixture
def german():
    text = updated(new_file("de"), "de", SAID)
    text = text.replace('msgid "The end."\nmsgstr ""', '# aside\nmsgid "The end."\nmsgstr "Ende."')
    return text.replace('[0] ""', '[0] "{{n}} Punkt"').replace('[1] ""', '[1] "{{n}} Punkte"')


def test_what_is_no_longer_said_is_commented_out_and_comes_back(german):
    gone = updated(german, "de", SAID[:2])
    kept, retired = entries(gone, "de")
    assert list(kept) == ["read.missing", SAID[1][0]]
    assert retired == {
        "The end.": "Ende.",
        ("{{n}} point", "{{n}} points"): ("{{n}} Punkt", "{{n}} Punkte"),
    }
    assert updated(gone, "de", SAID[:2]) == gone
    assert updated(gone, "de", SAID) == german


def test_what_is_new_stands_behind_the_rest_which_stays(german):
    more = updated(german, "de", [*SAID, ("New.", None), ("Another.", "read.another")])
    added = '\nmsgid "New."\nmsgstr ""\n\nmsgctxt "read.another"\nmsgid "Another."\nmsgstr ""\n'
    assert more == german + added


def test_a_message_that_counts_now_is_another_one(german):
    counted = updated(german, "de", [*SAID[:3], (("The end.", "The ends."), None)])
    kept, retired = entries(counted, "de")
    assert kept["The end.", "The ends."] == ("", "")
    assert retired == {"The end.": "Ende."}


def test_entries_without_a_line_between_and_fuzzy_ones_are_read(german):
    glued = german.replace("\n\nmsg", "\nmsg").replace("# aside", "#, fuzzy")
    assert updated(glued, "de", SAID) == glued
    assert untranslated(glued, "de") == [*SAID[:2], SAID[3]]


@pytest.mark.parametrize("name", ["zz", "no language", "../fr", "", "en"])
def test_what_is_no_language_gets_no_file(name, capsys):
    before = sorted(folder_of("fr").parent.iterdir())
    assert main([name]) == 2
    assert name in capsys.readouterr().err
    assert sorted(folder_of("fr").parent.iterdir()) == before


def test_the_command_is_the_one_that_is_documented():
    done = subprocess.run(
        [sys.executable, "-m", "grader.report.po_files", "fr"],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert f"{CATALOGUE}: 0 of {len(messages())} messages to be translated" in done.stdout
