"""What goes to a site and what does not: nothing twice, nothing over what has changed there."""

from decimal import Decimal

import pytest
from support.moodle_site import OTHER, TOKEN, Fault, Held

from grader.course.languages import Translator
from grader.moodle.errors import MoodleError
from grader.moodle.grade_sheet import LIMIT, SHEET, read_sheet
from grader.moodle.journal import JOURNAL, Journal

SAVE = "mod_assign_save_grade"


def fates(done):
    return {one.entry.user: (one.fate, one.reason) for one in done.outcomes}


def page(tmp_path, data=b"<p>page</p>"):
    path = tmp_path / "graded" / "feedback" / "x.html"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return "feedback/x.html"


def test_grade_comment_and_page_arrive(fetched, pushed, site, tmp_path, journal):
    fetched()
    said = {"comment": "<p>well &amp; good</p>", "page": page(tmp_path)}
    done = pushed((17, "3.5", said), (18, "0", {}))
    assert fates(done) == {17: ("write", ""), 18: ("write", "")}
    held = site.held[17]
    assert (held.grade, held.comment) == (Decimal("3.5"), "<p>well &amp; good</p>")
    assert held.files == {"feedback.html": b"<p>page</p>"}
    assert site.held[18].grade == 0
    assert [one.form["grade"] for one in site.of(SAVE)] == ["3.5", "0"]  # with a point
    assert journal() == ["begun", "written"] * 2


@pytest.mark.parametrize("points", ["22", "-5", "-0.00001", "4.00001", "1E+9"])
def test_a_value_that_moodle_would_lose_in_silence_is_refused_here(points, fetched, pushed, site):
    fetched()
    assert fates(pushed((17, points, {"comment": "text"}))) == {17: ("kept", "range")}
    assert site.of(SAVE) == []


def test_what_moodle_has_not_stored_is_listed(fetched, pushed, site):
    fetched()
    site.faults.append(Fault(SAVE, body=b"null"))  # success, and nothing is there
    assert fates(pushed((17, "3", {}))) == {17: ("kept", "not_stored")}
    assert fates(pushed((17, "3", {}))) == {17: ("write", "")}  # the next run tries again


def test_a_dry_run_writes_nothing(fetched, pushed, site, tmp_path):
    fetched()
    done = pushed((17, "3", {"page": page(tmp_path)}), (18, "9", {}), dry=True)
    assert fates(done) == {17: ("write", ""), 18: ("kept", "range")}
    assert (site.held, site.drafts) == ({}, {})
    assert not (tmp_path / "graded" / "moodle_web.journal.jsonl").exists()


def test_the_same_again_writes_nothing_twice(fetched, pushed, site):
    fetched()
    pushed((17, "3", {}), (18, "2", {}))
    done = pushed((17, "3", {}), (18, "2", {}), (19, "1", {}))
    assert fates(done) == {17: ("written", ""), 18: ("written", ""), 19: ("write", "")}
    assert len(site.of(SAVE)) == 3


def test_another_grade_of_ours_replaces_ours(fetched, pushed, site):
    fetched()
    pushed((17, "3", {}))
    assert fates(pushed((17, "4", {}))) == {17: ("write", "")}
    assert site.held[17].grade == 4


def test_a_lost_answer_is_looked_up_and_not_sent_again(fetched, pushed, site, journal):
    fetched()
    site.faults.append(Fault(SAVE, after=True))
    done = pushed((17, "3", {}), (18, "2", {}))
    assert fates(done) == {17: ("kept", "lost")}
    assert "does not answer" in done.stopped.sentence(Translator("en"))
    assert journal() == ["begun"]
    assert fates(pushed((17, "3", {}), (18, "2", {}))) == {17: ("written", ""), 18: ("write", "")}
    assert [one.form["userid"] for one in site.of(SAVE)] == ["17", "18"]


def test_a_request_that_never_arrived_is_sent_by_the_next_run(fetched, pushed, site):
    fetched()
    site.faults.append(Fault(SAVE, drop=True))
    assert fates(pushed((17, "3", {}))) == {17: ("kept", "lost")}
    assert fates(pushed((17, "3", {}))) == {17: ("write", "")}
    assert site.held[17].grade == 3


def test_half_a_line_of_a_killed_run_costs_nothing(fetched, pushed, tmp_path):
    fetched()
    pushed((17, "3", {}))
    path = tmp_path / "graded" / "moodle_web.journal.jsonl"
    path.write_text(path.read_text(encoding="utf-8") + '{"key": "a', encoding="utf-8")
    assert fates(pushed((17, "3", {}), (18, "2", {}))) == {17: ("written", ""), 18: ("write", "")}
    lines = path.read_text(encoding="utf-8").split("\n")
    assert lines[2] == '{"key": "a'
    assert len(lines) == 6


def test_two_runs_do_not_write_at_the_same_time(fetched, pushed, site, tmp_path):
    fetched()
    (tmp_path / "graded").mkdir()
    with Journal(tmp_path / "graded" / JOURNAL).held():
        with pytest.raises(MoodleError) as caught:
            pushed((17, "3", {}))
        assert "Another `grader moodle push`" in caught.value.sentence(Translator("en"))
        assert site.of(SAVE) == []
    assert fates(pushed((17, "3", {}))) == {17: ("write", "")}


# What has changed since it was fetched


def test_what_was_handed_in_anew_is_not_graded(fetched, pushed, site):
    fetched()
    site.hand_in(17, {"ex01.py": b"better"})
    site.submissions[1018]["status"] = "draft"
    site.hand_in(19, {"ex01.py": b"late"})
    done = pushed((17, "3", {}), (18, "2", {}), (19, "0", {}))
    assert fates(done) == dict.fromkeys((17, 18, 19), ("kept", "resubmitted"))
    assert site.of(SAVE) == []


def test_what_somebody_has_graded_meanwhile_stays(fetched, pushed, site):
    site.held[18] = Held(grade=Decimal(1), modified=5)
    fetched()
    site.held[17] = Held(grade=Decimal(2), modified=6)
    done = pushed((17, "3", {}), (18, "2", {}))
    assert fates(done) == {17: ("kept", "regraded"), 18: ("write", "")}
    assert (site.held[17].grade, site.held[18].grade) == (2, 2)


def test_a_grade_of_ours_that_was_changed_there_stays(fetched, pushed, site):
    fetched()
    pushed((17, "3", {}))
    site.held[17].grade = Decimal(1)
    assert fates(pushed((17, "3", {}))) == {17: ("kept", "regraded")}


def test_who_has_left_and_whoever_has_changed_teams_is_listed(fetched, pushed, site):
    site.assignment["teamsubmission"] = 1
    for user in (17, 18):
        site.people[user]["groupid"] = 110
    fetched()
    del site.people[19]
    site.people[18]["groupid"] = 111
    done = pushed((17, "3", {"members": (17, 18)}), (19, "1", {}))
    assert fates(done) == {17: ("kept", "moved"), 19: ("kept", "gone")}


@pytest.mark.parametrize(
    "change", [{"grade": 100}, {"grade": -2}, {"grade": 0}, {"teamsubmission": 1}]
)
def test_another_assignment_than_before_gets_nothing(change, fetched, pushed, site):
    fetched()
    site.assignment.update(change)
    with pytest.raises(MoodleError) as caught:
        pushed((17, "3", {}))
    assert "has been changed" in caught.value.sentence(Translator("en"))
    assert site.of(SAVE) == []


def test_an_assignment_that_is_gone_gets_nothing(fetched, pushed, site):
    fetched()
    site.assignment["cmid"] = 43
    with pytest.raises(MoodleError):
        pushed((17, "3", {}))


@pytest.mark.parametrize("sheet", [{"assignment": 6}, {"site": "https://m.example.org"}])
def test_grades_of_another_assignment_are_refused(sheet, fetched, pushed, site):
    fetched()
    with pytest.raises(MoodleError) as caught:
        pushed((17, "3", {}), **sheet)
    assert "another assignment" in caught.value.sentence(Translator("en"))
    assert site.of(SAVE) == []


def test_the_token_of_somebody_else_writes_nothing(fetched, pushed, site):
    fetched()
    site.tokens[TOKEN] = site.tokens[OTHER]
    with pytest.raises(MoodleError) as caught:
        pushed((17, "3", {}))
    assert "Otto Other" in caught.value.sentence(Translator("en"))
    assert site.of(SAVE) == []


# What the site refuses, and what it would erase


def test_what_the_site_refuses_is_listed_and_the_rest_written(fetched, pushed, site, journal):
    fetched()
    body = b'{"exception":"x","errorcode":"locked","message":"This is <b>locked</b>"}'
    site.faults.append(Fault(SAVE, body=body))
    done = pushed((17, "3", {}), (18, "2", {}))
    assert fates(done) == {17: ("kept", "refused"), 18: ("write", "")}
    assert "This is <b>locked</b>" in str(done.outcomes[0].detail)
    assert journal() == ["begun", "refused", "begun", "written"]
    assert fates(pushed((17, "3", {}), (18, "2", {}))) == {17: ("write", ""), 18: ("written", "")}


@pytest.mark.parametrize("status", [401, 403, 409, 429])
def test_a_site_that_stops_answering_stops_the_run(status, fetched, pushed, site):
    fetched()
    site.faults.append(Fault(SAVE, status, times=9))
    done = pushed((17, "3", {}), (18, "2", {}))
    assert done.stopped is not None
    assert list(fates(done)) == [17]
    site.faults.clear()
    assert [one[0] for one in fates(pushed((17, "3", {}), (18, "2", {}))).values()] == ["write"] * 2


def test_what_is_not_sent_along_stays_as_it_was(fetched, pushed, site, tmp_path):
    comment = "<p>by <b>hand</b></p>\n<ul><li>one</li></ul>"
    notes = {"notes.txt": b"mine", "feedback.html": b"old page"}
    site.held[17] = Held(Decimal(1), 5, comment, dict(notes))
    site.held[18] = Held(Decimal(1), 5, comment, dict(notes))
    fetched()
    pushed((17, "3", {}), (18, "2", {"page": page(tmp_path), "comment": "<p>new</p>"}))
    assert (site.held[17].comment, site.held[17].files) == (comment, notes)
    assert site.held[18].comment == "<p>new</p>"
    assert site.held[18].files == {"notes.txt": b"mine", "feedback.html": b"<p>page</p>"}


def test_the_state_of_a_workflow_stays_as_it_was(fetched, pushed, site):
    site.assignment["markingworkflow"] = 1
    site.flags[17] = {"workflowstate": "inreview"}
    fetched()
    pushed((17, "3", {}))
    assert site.held[17].workflow == "inreview"


def test_a_team_gets_its_grade_in_one_piece(fetched, pushed, site, tmp_path):
    site.assignment["teamsubmission"] = 1
    for user in (17, 18):
        site.people[user]["groupid"] = 110
    site.submissions.clear()
    site.hand_in(0, {"ex01.py": b"ours"}, team=110)
    fetched()
    entry = (17, "3", {"members": (17, 18), "page": page(tmp_path), "comment": "both"})
    assert fates(pushed(entry)) == {17: ("write", "")}
    assert len(site.of(SAVE)) == 1
    for user in (17, 18):
        assert (site.held[user].grade, site.held[user].comment) == (3, "both")
        assert list(site.held[user].files) == ["feedback.html"]
    assert fates(pushed(entry)) == {17: ("written", "")}


def test_much_feedback_is_not_sent(fetched, pushed, site, tmp_path):
    fetched()
    large = page(tmp_path, b"x" * (LIMIT + 1))
    done = pushed((17, "3", {"page": large}), (18, "2", {"comment": "é" * LIMIT}))
    assert fates(done) == dict.fromkeys((17, 18), ("kept", "large"))
    done = pushed((17, "3", {"page": "feedback/nowhere.html"}))
    assert fates(done) == {17: ("kept", "unreadable")}
    assert site.of(SAVE) == []


@pytest.mark.parametrize("text", ["", "{", "[]", '{"version": 9}', None])
def test_a_broken_file_of_grades_is_refused_with_a_sentence(text, tmp_path):
    path = tmp_path / SHEET
    if text is not None:
        path.write_text(text, encoding="utf-8")
    with pytest.raises(MoodleError) as caught:
        read_sheet(path)
    assert SHEET in caught.value.sentence(Translator("en"))


@pytest.mark.parametrize("name", ["/etc/passwd", "../secret", "feedback/../../x", ""])
def test_a_page_is_a_file_of_the_grades_folder_alone(name, tmp_path):
    path = tmp_path / SHEET
    entry = f'{{"user": 17, "name": "x", "attempt": 0, "points": "1", "page": "{name}"}}'
    path.write_text(f'{{"site": "x", "assignment": 5, "grades": [{entry}]}}', encoding="utf-8")
    with pytest.raises(MoodleError):
        read_sheet(path)
