"""What is fetched of an assignment, and whose a batch takes it to be."""

import json
import os
from pathlib import Path

import pytest
from support.moodle_site import CMID, Fault
from support.text_blocks import block

from grader.batch.errors import BatchError
from grader.batch.intake import read_source
from grader.course.languages import Translator
from grader.course.loading import Course
from grader.moodle.errors import MoodleError
from grader.moodle.fetch import fetch, read_manifest
from grader.moodle.manifest import MANIFEST
from grader.moodle.site import Site

TINY = Path(__file__).resolve().parents[1] / "courses" / "tiny"


@pytest.fixture
def taken(tmp_path):
    """Take in what was fetched, as a batch does."""

    def take(folder="fetched", roster=None):
        if roster is not None:
            (tmp_path / "roster.csv").write_text(roster, encoding="utf-8")
            roster = tmp_path / "roster.csv"
        return read_source(tmp_path / folder, Course(TINY), ["ex01"], roster)

    return take


def owners(intake):
    return {one.file.removeprefix("submissions/"): one.student for one in intake.handed}


def test_a_batch_knows_whose_everything_is(fetched, taken, tmp_path):
    done = fetched()
    assert (done.new, done.kept, done.refused) == (2, 0, [])
    intake = taken()
    # Two students have one name: each is known by ids that nobody else has.
    assert owners(intake) == {"user-17/ex01.py": "S-17", "user-18/work/ex01.py": "18@x.org"}
    assert {(one.id, one.name) for one in intake.students} >= {
        ("S-17", "Ada One"),
        ("18@x.org", "Bob Two"),
        ("19@x.org", "Bob Two"),
    }
    assert next(one.lang for one in intake.students if one.id == "S-17") == "fr"
    assert not intake.unmatched
    assert (tmp_path / "fetched").stat().st_mode & 0o077 == 0


def test_a_roster_of_the_teacher_s_own_goes_with_it(fetched, taken):
    fetched()
    # The number 17 of the site is nobody's id on the roster.
    roster = "id,name,email\n4711,One Ada,17@x.org\n17,Zed,z@y.z\n18,Bob Two,18@x.org\n"
    assert owners(taken(roster=roster)) == {"user-17/ex01.py": "4711", "user-18/work/ex01.py": "18"}


def test_ids_that_two_people_share_are_nobody_s(site, fetched, taken):
    site.person(20, "Cyd", idnumber="S-17")
    site.person(21, "Dan", email="18@X.org")
    fetched()
    assert owners(taken()) == {"user-17/ex01.py": "17@x.org", "user-18/work/ex01.py": "u18"}


def test_where_marking_is_blind_nobody_s_ids_are_asked_for(site, fetched, taken):
    site.assignment["blindmarking"] = 1
    for user, person in site.people.items():
        person["fullname"] = f"Participant {user}0"
    fetched()
    assert site.of("core_enrol_get_enrolled_users") == []
    assert owners(taken()) == {"user-17/ex01.py": "user-17", "user-18/work/ex01.py": "user-18"}
    site.assignment["revealidentities"] = 1
    fetched()
    assert owners(taken())["user-17/ex01.py"] == "S-17"


def test_times_attempts_states_and_extensions_are_read(site, fetched, taken):
    site.flags[18] = {"extensionduedate": site.clock + 10**6}
    site.hand_in(19, {"ex01.py": b"def double(x): ...\n"}, status="draft", attempt=2)
    manifest = fetched().manifest
    states = {one.user: (one.attempt, one.status) for one in manifest.submissions}
    assert states == {17: (0, "submitted"), 18: (0, "submitted"), 19: (2, "draft")}
    handed = {one.student: one for one in taken().handed}
    assert [handed[one].late for one in ("S-17", "18@x.org", "19@x.org")] == [True, False, True]
    assert handed["19@x.org"].attempt == 3
    assert handed["S-17"].submitted_at.endswith("+00:00")


def test_a_team_s_work_is_that_of_each_member(site, fetched, taken):
    site.assignment["teamsubmission"] = 1
    for user, team in ((17, 110), (18, 110), (19, 17)):  # a team with the number of a person
        site.people[user]["groupid"] = team
    site.submissions.clear()
    site.hand_in(
        0,
        {
            "ex01.py": block("""
        def double(x):
            return 2 * x
    """).encode()
        },
        team=110,
    )
    site.hand_in(
        0,
        {
            "ex01.py": block("""
        def double(x):
            return x
    """).encode()
        },
        team=17,
    )
    site.hand_in(0, {"ex01.py": b"nobody's\n"}, team=0)
    fetched()
    intake = taken()
    assert sorted((one.student, one.file) for one in intake.handed) == [
        ("18@x.org", "submissions/team-110/ex01.py"),
        ("19@x.org", "submissions/team-17/ex01.py"),
        ("S-17", "submissions/team-110/ex01.py"),
    ]
    assert [one.reason for one in intake.unmatched] == ["batch.no_group"]


def test_a_typed_text_is_no_answer_and_is_told_of(site, fetched, taken):
    site.hand_in(19, {}, text="<p>def double(x)…</p>")
    fetched()
    assert [(one.student, one.reason) for one in taken().doubts] == [
        ("19@x.org", "batch.online_text")
    ]


@pytest.mark.parametrize(
    "name",
    [
        "../../../evil.py",
        "/etc/evil.py",
        "..",
        "a\\..\\evil.py",
        "CON.py",
        "x" * 300 + ".py",
        "\x1b[31m.py",
        "é ï.py",
        "a/b/c/d/e/f/g/h/i/j/k.py",
        ".hidden",
        "a\nb.py",
        " .py",
    ],
)
def test_a_file_s_name_leads_nowhere(name, site, fetched, tmp_path):
    site.submissions.clear()
    site.hand_in(17, {name: b"text"})
    fetched()
    inside = tmp_path / "fetched"
    found = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert {path.relative_to(inside).parts[0] for path in found} == {MANIFEST, "submissions"}
    assert len(found) == 2
    assert all(path.name.isprintable() for path in found)


def test_names_that_a_folder_takes_for_one_stay_two(site, fetched, taken):
    site.submissions.clear()
    site.hand_in(17, {"ex01.py": b"a", "EX01.py": b"b", "a?.py": b"c", "a*.py": b"d"})
    files = [file.path for one in fetched().manifest.submissions for file in one.files]
    assert len({path.casefold() for path in files}) == 4
    assert len(taken().handed) + len(taken().unmatched) == 4


def test_the_same_again_fetches_what_is_new(site, fetched, tmp_path):
    fetched()
    place = tmp_path / "fetched" / "submissions"
    kept = place / "user-17" / "ex01.py"
    before = kept.stat().st_mtime_ns
    site.hand_in(
        18,
        {
            "ex01.py": block("""
        def double(x):
            return x + x
    """).encode()
        },
    )
    site.requests.clear()
    done = fetched()
    assert (done.new, done.kept) == (1, 1)
    assert kept.stat().st_mtime_ns == before
    assert sorted(str(path.relative_to(place)) for path in place.rglob("*.py")) == [
        "user-17/ex01.py",
        "user-18/ex01.py",
    ]
    kept.write_bytes(b"changed here")
    assert fetched().new == 1
    assert kept.read_bytes().startswith(b"def double")


def test_an_interrupted_fetch_goes_on_and_is_not_graded_before(site, fetched, taken):
    broken = next(path for path in site.files if path.endswith("/1"))
    site.faults.append(Fault(broken, 403, times=9))
    with pytest.raises(MoodleError):
        fetched()
    with pytest.raises(BatchError) as caught:
        taken()
    assert "not fetched to its end" in caught.value.sentence(Translator("en"))
    site.faults.clear()
    done = fetched()
    assert (done.new, done.kept) == (1, 1)
    assert len(taken().handed) == 2


def test_a_file_at_another_site_or_too_large_is_listed_and_the_rest_fetched(site, fetched):
    files = site.submissions[1017]["plugins"][0]["fileareas"][0]["files"]
    files[0]["fileurl"] = "http://example.org/webservice/pluginfile.php/1"
    site.submissions[1018]["plugins"][0]["fileareas"][0]["files"][0]["filesize"] = 10**9
    done = fetched()
    said = [str(why) for _, why in done.refused]
    assert done.new == 0
    assert ["another site (example.org)" in said[0], "larger than 32 MiB" in said[1]] == [
        True,
        True,
    ]


def test_a_folder_that_holds_something_else_is_left_alone(fetched, tmp_path):
    other = tmp_path / "other"
    other.mkdir()
    (other / "thesis.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(MoodleError) as caught:
        fetched("other")
    assert "holds something else" in caught.value.sentence(Translator("en"))
    assert os.listdir(other) == ["thesis.txt"]  # noqa: PTH208
    fetched()
    path = tmp_path / "fetched" / MANIFEST
    data = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps({**data, "site": "https://m.example.org"}), encoding="utf-8")
    with pytest.raises(MoodleError):
        fetched()


@pytest.mark.parametrize("text", ["", "{", "[]", '{"version": 1}', '{"version": 99}', "\x00"])
def test_a_broken_list_is_refused_with_a_sentence(text, fetched, taken, tmp_path):
    fetched()
    (tmp_path / "fetched" / MANIFEST).write_text(text, encoding="utf-8")
    with pytest.raises(BatchError) as caught:
        taken()
    assert MANIFEST in caught.value.sentence(Translator("en"))
    with pytest.raises(MoodleError):
        read_manifest(tmp_path / "fetched")


def test_an_assignment_that_is_not_theirs_to_grade_is_told_of(client, tmp_path):
    with pytest.raises(MoodleError) as caught:
        fetch(Site(client), CMID + 1, tmp_path / "fetched", lambda *_: None)
    assert "grader moodle list" in caught.value.sentence(Translator("en"))
    assert not (tmp_path / "fetched").exists()
