"""What `grader doctor` says of this machine, and of machines that lack something."""

import json

import pytest
from support.english import english_in
from support.languages import LANGUAGES, TRANSLATED

from grader.cli import doctor
from grader.cli.context import Context
from grader.cli.sandbox_advice import CONTAINER, LANDLOCK, LINUX, NAMESPACES, SET, advice_for
from grader.cli.sandbox_words import protection_sentence
from grader.course.languages import Translator
from grader.judge.processes.leak_search import Found

DETAILS = {
    "namespaces": "unshare: Operation not permitted",
    "landlock": "landlock_create_ruleset: Function not implemented",
    "seccomp": "no table of system calls for this architecture",
    "landlock_abi_3": "version 2; seccomp refuses truncation instead",
    "other_user": "no other user can read /root",
    "limits": "darwin, not Linux",
}


@pytest.fixture
def machine(tmp_path):
    """Imitate a machine by the files that speak of user namespaces."""

    def made(*files, **settings):
        for name, value in settings.items():
            path = tmp_path / "proc/sys" / name.replace("__", "/")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(f"{value}\n")
        for name in files:
            (tmp_path / name).touch()
        return list(advice_for("namespaces", "linux", tmp_path))

    return made


@pytest.fixture
def shown(capsys):
    """Return the lines that are shown of a machine."""

    def lines(lang, level, missing):
        isolation = {"level": level, "missing": missing, "details": DETAILS}
        doctor._show(Context(lang), isolation, {"python": "3.11"})
        return capsys.readouterr().out.splitlines()

    return lines


def test_every_protection_is_there_or_missing(grader):
    done = grader.run("doctor")
    told = json.loads(grader.run("doctor", "--json").stdout)
    isolation = told["isolation"]
    assert done.returncode == 0
    assert told["opened"] == [] or isolation["level"] == 0
    assert f"Isolation level: {isolation['level']} ({isolation['name']})\n" in done.stdout
    assert ("There is none higher." in done.stdout) is (isolation["level"] == 3)
    assert done.stdout.count("\nMISSING  ") == len(isolation["missing"])
    for said in isolation["details"].values():
        assert f"         {protection_sentence(said, Translator('en'))}\n" in done.stdout


@pytest.mark.parametrize(("lang", "mark"), [("en", "MISSING"), ("fr", "ABSENT"), ("ru", "НЕТ")])
def test_what_is_missing_comes_with_what_was_said_and_what_helps(shown, lang, mark):
    lines = shown(lang, 0, sorted(DETAILS))
    indents = set()
    for number, line in enumerate(lines):
        if line.startswith(mark):
            said, mend = lines[number + 1 : number + 3]
            sentences = {protection_sentence(one, Translator(lang)) for one in DETAILS.values()}
            assert said.strip() in sentences
            assert mend.strip() not in sentences
            indented = (line.replace(mark, " " * len(mark)), said, mend)
            indents |= {len(text) - len(text.lstrip()) for text in indented}
    assert len(indents) == 1
    assert sum(line.startswith(mark) for line in lines) == len(DETAILS)
    words = {line.removeprefix(mark).strip() for line in lines}
    assert not words & set(DETAILS)


def test_languages_differ(shown):
    assert len({tuple(shown(lang, 0, sorted(DETAILS))[:-1]) for lang in LANGUAGES}) == 3


def test_what_opens_from_inside_is_named(capsys):
    isolation = {"level": 3, "missing": [], "details": {}}
    doctor._show(Context("en"), isolation, {"python": "3.11"}, ["/opt/course/answers"])
    lines = capsys.readouterr().out.splitlines()
    at = next(number for number, line in enumerate(lines) if line.startswith("MISSING  answers"))
    assert lines[at + 1] == "         /opt/course/answers"


def test_an_answer_that_opens_is_a_fault_of_the_grader(capsys, monkeypatch):
    """It never happens: the command is made to believe it."""
    found = Found(1, ("/opt/course/answers",))
    monkeypatch.setattr(doctor, "look_inside", lambda *_: found)
    context = Context("en")
    context.json = True
    code = doctor.examined(context)
    told = json.loads(capsys.readouterr().out)
    assert told["opened"] == ["/opt/course/answers"]
    assert code == (3 if told["isolation"]["level"] else 0)


@pytest.mark.parametrize("lang", TRANSLATED)
def test_what_the_system_said_is_told_in_the_readers_language(shown, lang):
    assert english_in("\n".join(shown(lang, 0, sorted(DETAILS)))) == []


def test_words_that_nobody_foresaw_are_quoted():
    told = protection_sentence("nothing is as it was", Translator("fr"))
    assert told == "le système dit\u00a0: «\u00a0nothing is as it was\u00a0»"
    with_number = "[Errno 1] unshare: Operation not permitted"
    assert protection_sentence(with_number, Translator("ru")) == (
        "unshare: система этого не разрешает"
    )


def test_an_unknown_protection_is_named(shown):
    assert "MISSING  something new" in shown("en", 2, ["something new"])


@pytest.mark.parametrize(
    ("setting", "value", "mend"),
    [
        (
            "kernel__apparmor_restrict_unprivileged_userns",
            1,
            "kernel.apparmor_restrict_unprivileged_userns=0",
        ),
        ("kernel__unprivileged_userns_clone", 0, "kernel.unprivileged_userns_clone=1"),
        ("user__max_user_namespaces", 0, "user.max_user_namespaces=10000"),
    ],
)
def test_a_setting_that_forbids_namespaces_is_named(machine, setting, value, mend):
    assert machine(**{setting: value}) == [(SET, {"setting": mend})]


def test_a_container_is_recognised(machine):
    assert machine(".dockerenv", user__max_user_namespaces=500) == [(CONTAINER, {})]


def test_where_nothing_is_found_the_general_advice_is_given(machine):
    assert machine(user__max_user_namespaces=500) == [(NAMESPACES, {})]


def test_elsewhere_there_is_one_advice():
    assert list(advice_for("namespaces", "darwin")) == [(LINUX, {})]
    assert list(advice_for("landlock", "linux")) == [(LANDLOCK, {})]
