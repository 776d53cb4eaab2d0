"""``grader moodle``, from the list of assignments to the grades at the site, as it is typed."""

import json
import os
from decimal import Decimal
from pathlib import Path

import click
import pytest
from support.english import english_in
from support.languages import LANGUAGES, TRANSLATED
from support.moodle_site import TOKEN, Fault
from support.person import Person

from grader.cli.moodle import command

TINY = Path(__file__).resolve().parents[1] / "courses" / "tiny"
BATCH = (
    *("batch", "fetched", "--exercise", "ex01", "--out", "graded", "--course", str(TINY)),
    *("--format", "moodle_web", "--template", "fetched/moodle.json", "--jobs", "1"),
    *("--require-isolation", "own-code-only"),
)


@pytest.fixture
def moodle(grader, site):
    """Run a command of `grader moodle` at the site, with the token in a file."""
    token = grader.write("token", f"{TOKEN}\n")
    token.chmod(0o600)

    def run(*arguments, lang="en", file=token, **env):
        named = [] if file is None else ["--token-file", file]
        if arguments[0] != "push":
            named += ["--site", site.address]
        done = grader.run("moodle", *arguments, *named, env={"GRADER_LANG": lang, **env})
        assert TOKEN not in done.stdout + done.stderr
        return done

    return run


def test_from_the_list_of_assignments_to_the_grades(grader, moodle, site):
    site.hand_in(19, {"ex01.py": b"def double(x): return x\n"}, status="draft")
    listed = moodle("list")
    assert listed.returncode == 0, listed.stderr
    assert "42  Softmax  out of 4, due 2026-09-21" in listed.stdout
    assert "groups: Green" in listed.stdout
    fetched = moodle("fetch", "42", "--out", "fetched")
    assert fetched.returncode == 0, fetched.stderr
    assert "files fetched: 3" in fetched.stdout
    graded = grader.run(*BATCH, "--feedback", "--comments")
    assert graded.returncode == 0, graded.stderr
    assert "`grader moodle push` would change 2 grades." in graded.stdout
    told = graded.stdout[graded.stdout.index("Not written to the file to import") :]
    assert "a draft: they have not pressed" in " ".join(told.split())
    dry = moodle("push", "fetched", "graded", "--dry-run")
    assert (dry.returncode, site.held) == (0, {})
    assert "2 grades would be written" in dry.stdout
    pushed = moodle("push", "fetched", "graded", "--json")
    assert pushed.returncode == 0, pushed.stderr
    fates = {one["user"]: one["fate"] for one in json.loads(pushed.stdout)["grades"]}
    assert fates == {17: "write", 18: "write"}
    held = site.held
    assert {user: one.grade for user, one in held.items()} == {17: Decimal(4), 18: Decimal(0)}
    # In the language of each: the site says that Ada reads French.
    assert b'<html lang="fr">' in held[17].files["feedback.html"]
    assert b'<html lang="en">' in held[18].files["feedback.html"]
    assert "Tout est juste" in held[17].comment
    again = moodle("push", "fetched", "graded")
    assert again.returncode == 0
    assert "2 were written before" in again.stdout


def test_what_is_not_written_has_its_own_exit_code_and_is_told_in_every_language(
    grader, moodle, site
):
    assert moodle("fetch", "42", "--out", "fetched").returncode == 0
    assert grader.run(*BATCH).returncode == 0
    site.hand_in(17, {"ex01.py": b"anew"})
    body = b'{"exception":"x","errorcode":"y","message":"\\u001b[31m<b>"}'
    site.faults.append(Fault("mod_assign_save_grade", body=body, times=99))
    said = {}
    for lang in LANGUAGES:
        done = moodle("push", "fetched", "graded", lang=lang)
        assert done.returncode == 1
        assert "\x1b" not in done.stdout
        said[lang] = done.stdout
    assert "handed in anew since it was fetched" in said["en"]
    assert "the site says: <b>" in said["en"]
    for lang in TRANSLATED:
        assert english_in(said[lang]) == []
        for arguments in (
            ["list"],
            ["fetch", "42", "--out", "fetched"],
            ["fetch", "7", "--out", "x"],
        ):
            done = moodle(*arguments, lang=lang)
            assert english_in((done.stdout + done.stderr).replace("Neural networks", "")) == []


def test_a_token_comes_from_the_environment_or_is_asked_and_not_shown(grader, moodle, site):
    assert moodle("list", file=None, GRADER_MOODLE_TOKEN=TOKEN).returncode == 0
    without = moodle("list", file=None)
    assert without.returncode == 2
    assert "GRADER_MOODLE_TOKEN" in without.stderr
    person = Person(grader.folder, "moodle", "list", "--site", site.address)
    try:
        person.sees("Token:")
        person.types(TOKEN, "\r")
        assert person.ends() == 0
        assert TOKEN.encode() not in person.raw
        assert "Softmax" in person.everything()
    finally:
        person.close()


def test_no_option_takes_a_token():
    for one in command.commands.values():
        options = [
            opt for option in one.params for opt in option.opts if isinstance(option, click.Option)
        ]
        assert "--token" not in options
        assert "--password" not in options


@pytest.mark.parametrize(
    "text", ["", "short", "two words here", "x" * 300, "abc\x1bdefgh", "пароль123"]
)
def test_what_is_no_token_is_refused_and_not_repeated(text, grader, moodle, site):
    file = grader.write("other", text)
    done = moodle("list", file=file)
    assert done.returncode == 2
    assert not text or text not in done.stderr
    assert site.requests == []


def test_a_token_that_others_can_read_is_told_of(grader, moodle):
    file = grader.write("open", TOKEN)
    os.chmod(file, 0o644)  # noqa: PTH101
    done = moodle("list", file=file)
    assert done.returncode == 0
    assert "chmod 600" in done.stderr
    done = moodle("list", file=grader.folder / "nowhere")
    assert done.returncode == 2
    assert "nowhere cannot be read" in done.stderr


def test_an_interrupted_run_says_that_nothing_is_lost(moodle, site):
    site.faults.append(Fault("mod_assign_get_submissions", 403))
    done = moodle("fetch", "42", "--out", "fetched")
    assert done.returncode == 2
    assert "status 403" in done.stderr
    assert done.stdout == ""
