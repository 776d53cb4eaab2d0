"""Scores reach a platform that behaves as Moodle does, once each, and lose nothing there."""

import json
import shutil
from datetime import UTC, datetime

import pytest
from lti.fake_moodle import serving
from lti.grades import write_grades
from lti.keys import make_keys
from support.languages import LANGUAGES
from support.text_blocks import block

ITEM = "/lineitems/31/lineitem"
RIGHT = block("""
    import numpy as np


    def softmax(x):
        return x
""")


@pytest.fixture(scope="module")
def keys(tmp_path_factory):
    folder = tmp_path_factory.mktemp("keys")
    return folder, make_keys(folder)


@pytest.fixture
def moodle(keys):
    with serving(keys[1]) as (fake, base):
        fake.base = base
        yield fake


@pytest.fixture
def teacher(grader, keys, moodle):
    """A folder with a configuration, a key and grades."""
    shutil.copy2(keys[0] / "tool.key", grader.folder / "tool.key")
    grader.lines = [
        f"issuer: {moodle.base}",
        "client_id: abc",
        f"token_url: {moodle.base}/token",
        "private_key: tool.key",
        f"items: {{ex11: '{moodle.base}{ITEM}?type_id=1'}}",
    ]

    def configure(*more):
        grader.write("moodle.yaml", "\n".join([*grader.lines, *more]) + "\n")

    def push(*words, **env):
        return grader.run("lti", "push", "moodle.yaml", "grades.csv", *words, **env)

    grader.configure, grader.push = configure, push
    configure()
    return grader


def grades(teacher, *rows):
    return write_grades(teacher.folder / "grades.csv", *rows)


def test_a_score_is_final_has_a_comment_and_a_time_with_a_zone(teacher, moodle):
    grades(teacher, ("5", "ex11", "graded", "12.5", "20"))
    done = teacher.push()
    assert done.returncode == 0, done.stdout + done.stderr
    assert "1 score sent" in done.stdout
    ((item, sent),) = moodle.received
    assert item == ITEM
    assert (sent["scoreGiven"], sent["scoreMaximum"], sent["userId"]) == (12.5, 20.0, "5")
    assert (sent["activityProgress"], sent["gradingProgress"]) == ("Completed", "FullyGraded")
    assert sent["comment"] == "12.5 of 20 points"
    at = datetime.fromisoformat(sent["timestamp"])
    assert at.utcoffset().total_seconds() == 0
    assert at <= datetime.now(UTC)
    assert moodle.results[ITEM, "5"] == (12.5, "12.5 of 20 points")


def test_a_time_is_never_in_the_platforms_future(teacher, moodle):
    moodle.ahead = -7200.0
    grades(teacher, ("5", "ex11", "graded", "1", "20"))
    teacher.push()
    at = datetime.fromisoformat(moodle.received[0][1]["timestamp"])
    assert (datetime.now(UTC) - at).total_seconds() >= 7190


def test_what_has_no_grade_sends_nothing_and_erases_nothing(teacher, moodle):
    moodle.results[ITEM, "5"] = (17.0, "before")
    grades(
        teacher,
        ("5", "ex11", "needs_review", "", "20"),
        ("6", "ex11", "missing", "", "20"),
        ("7", "ex11", "ungraded", "", "20"),
    )
    done = teacher.push()
    assert done.returncode == 0
    assert moodle.received == []
    assert moodle.results[ITEM, "5"] == (17.0, "before")
    assert done.stdout.count("no grade yet") == 3


@pytest.mark.parametrize("entered", ["22", "-1", "7,5", "abs", "NaN", "1e999"])
def test_a_value_that_a_platform_would_bend_is_refused_here(teacher, moodle, entered):
    grades(teacher, ("5", "ex11", "graded", entered, "20"), ("6", "ex11", "graded", "3", "20"))
    done = teacher.push()
    assert [sent["userId"] for _, sent in moodle.received] == ["6"]
    assert "is no grade" in done.stdout


def test_the_last_attempt_alone_is_sent(teacher, moodle):
    grades(
        teacher,
        ("5", "ex11", "graded", "3", "20", "2"),
        ("5", "ex11", "graded", "9", "20", "1"),
    )
    teacher.push()
    assert [sent["scoreGiven"] for _, sent in moodle.received] == [3.0]


def test_a_second_push_sends_nothing_twice_and_what_has_changed(teacher, moodle):
    grades(teacher, ("5", "ex11", "graded", "3", "20"), ("6", "ex11", "graded", "4", "20"))
    teacher.push()
    assert "2 scores were there already" in teacher.push().stdout
    assert len(moodle.received) == 2
    grades(teacher, ("5", "ex11", "graded", "3", "20"), ("6", "ex11", "graded", "5", "20"))
    teacher.push()
    assert moodle.results[ITEM, "6"][0] == 5.0
    assert [sent["userId"] for _, sent in moodle.received if sent["scoreGiven"] == 3.0] == ["5"]


def test_what_comes_within_a_second_is_sent_again_later(teacher, moodle):
    """Somebody has just graded in Moodle: the first score is 409, and is not lost."""
    moodle.changed[ITEM, "5"] = int(datetime.now(UTC).timestamp()) + 1
    grades(teacher, ("5", "ex11", "graded", "3", "20"), ("6", "ex11", "graded", "4", "20"))
    done = teacher.push()
    assert done.returncode == 0, done.stdout
    assert "2 scores sent" in done.stdout
    assert moodle.results[ITEM, "5"][0] == 3.0
    assert [sent["userId"] for _, sent in moodle.received].count("6") == 1


def test_a_dry_run_sends_and_notes_nothing(teacher, moodle):
    grades(teacher, ("5", "ex11", "graded", "3", "20"))
    done = teacher.push("--dry-run", "--json")
    assert [one["student"] for one in json.loads(done.stdout)["sent"]] == ["5"]
    assert moodle.received == []
    assert not (teacher.folder / "lti-journal.jsonl").exists()
    assert "1 score would be sent" in teacher.push("--dry-run").stdout


def test_what_the_platform_refuses_is_listed_and_the_others_are_sent(teacher, moodle):
    grades(teacher, ("nobody", "ex11", "graded", "3", "20"), ("6", "ex11", "graded", "4", "20"))
    done = teacher.push()
    assert done.returncode == 1
    assert "nobody" in done.stdout
    assert "400" in done.stdout
    assert moodle.results.keys() == {(ITEM, "6")}
    assert "1 score was there already" in teacher.push().stdout


def test_members_are_found_by_what_the_class_calls_them(teacher, moodle):
    teacher.configure(f"members_url: {moodle.base}/Members", "match: email")
    grades(
        teacher,
        ("ANN@x.org", "ex11", "graded", "3", "20"),
        ("Zoë@x.org", "ex11", "graded", "4", "20"),
        ("eve@x.org", "ex11", "graded", "5", "20"),
        ("Ben@x.org", "ex12", "graded", "5", "20"),
    )
    done = teacher.push()
    assert sorted(moodle.results) == [(ITEM, "5"), (ITEM, "7")]
    assert "eve@x.org: no member of the course is called so" in done.stdout
    assert "Ben@x.org: the configuration has no line item for ex12" in done.stdout


def test_namesakes_get_nothing(teacher, moodle):
    moodle.users["8"] = "Ann"
    teacher.configure(f"members_url: {moodle.base}/Members", "match: name")
    grades(teacher, ("Ann", "ex11", "graded", "3", "20"))
    assert "two members of the course are called so" in teacher.push().stdout
    assert moodle.results == {}


def test_the_class_is_listed_page_by_page(teacher, moodle):
    teacher.configure(f"members_url: {moodle.base}/Members")
    done = teacher.run("lti", "people", "moodle.yaml")
    assert done.stdout.splitlines() == [
        "5; Ann; Ann@x.org; Learner",
        "6; Ben; Ben@x.org; Learner",
        "7; Zoë; Zoë@x.org; Learner",
    ]


def test_the_comment_is_the_headline_of_the_students_report(teacher, moodle):
    (teacher.folder / "class").mkdir()
    teacher.write("class/5_ex11.py", RIGHT)
    done = teacher.run("batch", "class", "--out", "out")
    assert done.returncode == 0, done.stderr
    teacher.run("lti", "push", "moodle.yaml", "out/grades.csv", "--lang", "fr")
    ((_, sent),) = moodle.received
    assert sent["userId"] == "5"
    assert "point" in sent["comment"]
    assert "points" not in sent["comment"].replace("points", "", 1)
    assert "of 20" not in sent["comment"]  # in the reader's language


def test_a_token_that_has_run_out_is_asked_for_anew(teacher, moodle):
    moodle.expired = True
    grades(teacher, ("5", "ex11", "graded", "3", "20"))
    assert teacher.push().returncode == 0
    assert moodle.tokens == 2
    assert moodle.results[ITEM, "5"][0] == 3.0


HTML = {"Content-Type": "text/html"}
BAD = {
    "403": (403, b"{}", ()),
    "401": (401, b"", ()),
    "LTI": (200, b"<html>log in</html>", HTML),
}


@pytest.mark.parametrize("bad", ["403", "401", "LTI"])
def test_a_platform_that_refuses_everything_is_told_in_a_sentence(teacher, moodle, bad):
    grades(teacher, ("5", "ex11", "graded", "3", "20"), ("6", "ex11", "graded", "4", "20"))
    said = set()
    for lang in LANGUAGES:
        moodle.bad = [BAD[bad]] * 9
        done = teacher.push("--lang", lang)
        assert done.returncode == 3, done.stdout + done.stderr
        assert "Traceback" not in done.stderr
        assert bad in done.stderr
        said.add(done.stderr)
    assert len(said) == len(LANGUAGES)
    moodle.bad = []
    assert "2 scores sent" in teacher.push().stdout


def test_a_busy_platform_is_asked_again_and_nothing_is_sent_twice(teacher, moodle):
    moodle.bad = [(429, b"", {"Retry-After": "1"}), (503, b"", ())]
    grades(teacher, ("5", "ex11", "graded", "3", "20"), ("6", "ex11", "graded", "4", "20"))
    done = teacher.push()
    assert "2 scores sent" in done.stdout, done.stderr
    assert sorted(sent["userId"] for _, sent in moodle.received) == ["5", "6"]


def test_a_wrong_key_is_told(teacher):
    make_keys(teacher.folder)  # another one than the platform knows
    grades(teacher, ("5", "ex11", "graded", "3", "20"))
    done = teacher.push()
    assert (done.returncode, "invalid_client" in done.stderr) == (3, True)
    assert "PRIVATE" not in done.stderr + done.stdout


def test_a_platform_that_is_down_is_told(teacher):
    grades(teacher, ("5", "ex11", "graded", "3", "20"))
    teacher.lines[2] = "token_url: http://127.0.0.1:9/token"
    teacher.configure()
    done = teacher.push()
    assert done.returncode == 3
    assert "cannot be reached" in done.stderr


WRONG = [
    ("a field with a typo", lambda lines: [*lines, "item: {}"], "item"),
    ("no client", lambda lines: [line for line in lines if "client" not in line], "client_id"),
    ("no encryption", lambda lines: [*lines[:2], "token_url: http://x.org/t", *lines[3:]], "x.org"),
    ("no address", lambda lines: [*lines[:2], "token_url: x", *lines[3:]], "https"),
    ("no YAML", lambda _lines: ["a: [b"], "moodle.yaml"),
    ("no key", lambda lines: [*lines[:3], "private_key: none", *lines[4:]], "none"),
    ("a public key", lambda lines: [*lines[:3], "private_key: tool.pub", *lines[4:]], "PEM"),
]


@pytest.mark.parametrize(("change", "named"), [one[1:] for one in WRONG], ids=[w[0] for w in WRONG])
def test_a_wrong_configuration_is_told_before_anything_is_sent(teacher, moodle, change, named):
    grades(teacher, ("5", "ex11", "graded", "3", "20"))
    teacher.write("tool.pub", "-----BEGIN PUBLIC KEY-----\n").chmod(0o600)
    teacher.lines = change(teacher.lines)
    teacher.configure()
    for lang in LANGUAGES:
        done = teacher.push("--lang", lang)
        assert done.returncode == 2, done.stdout + done.stderr
        assert named in done.stderr
        assert "Traceback" not in done.stderr
    assert moodle.received == []


def test_a_key_that_others_can_read_is_refused(teacher, moodle):
    (teacher.folder / "tool.key").chmod(0o640)
    grades(teacher, ("5", "ex11", "graded", "3", "20"))
    done = teacher.push()
    assert done.returncode == 2
    assert "chmod 600" in done.stderr
    assert moodle.tokens == 0


def test_another_table_is_refused(teacher, moodle):
    teacher.write("grades.csv", "id,grade\n5,3\n")
    done = teacher.push()
    assert done.returncode == 2
    assert "student_id" in done.stderr
    assert moodle.received == []


def test_a_journal_that_was_cut_is_read_as_far_as_it_goes(teacher):
    grades(teacher, ("5", "ex11", "graded", "3", "20"), ("6", "ex11", "graded", "4", "20"))
    teacher.push()
    journal = teacher.folder / "lti-journal.jsonl"
    journal.write_bytes(journal.read_bytes()[:-20])
    done = teacher.push()
    assert "1 score was there already" in done.stdout
    assert done.returncode == 0
    assert "2 scores were there already" in teacher.push().stdout


def test_control_sequences_of_the_platform_reach_no_terminal(teacher, moodle):
    moodle.bad = [(422, b"\x1b[2Jboo", {"Content-Type": "text/plain"})]
    grades(teacher, ("5", "ex11", "graded", "3", "20"))
    done = teacher.push()
    assert "boo" in done.stdout
    assert "\x1b" not in done.stdout + done.stderr
