"""A class.yaml: what it may say, and the sentence for what cannot be meant."""

import datetime as dt
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from support.languages import LANGUAGES

from grader.classroom.errors import ClassFileError
from grader.classroom.reading import read_class, refuse_unknown_exercises
from grader.classroom.rules import ExerciseRules
from grader.cli.errors import told
from grader.course.languages import Translator

PARIS = ZoneInfo("Europe/Paris")
WHOLE = """\
timezone: Europe/Paris
counts: best
deadline: 2026-11-20 23:59
grace: 15 min
penalty: 10%
of: reached
cap: 50
attempts: 5
pause: 10 min
extensions:
  007: 3 days
  1e5: 2026-12-01 12:00
teams:
  Les gradients: [4711, Ada Lovelace]
exercises:
  ex11:
    deadline: 2026-12-10T08:00+00:00
    penalty: 2.5
    attempts: unlimited
  ex12:
    deadline: none
    teams: {}
"""


def test_every_rule_is_read_exactly(rules):
    whole = rules(WHOLE).whole
    assert whole == ExerciseRules(
        counts="best",
        deadline=dt.datetime(2026, 11, 20, 23, 59, tzinfo=PARIS),
        grace=dt.timedelta(minutes=15),
        penalty=Decimal(10),
        of="reached",
        cap=Decimal(50),
        attempts=5,
        pause=dt.timedelta(minutes=10),
        extensions={
            "007": dt.datetime(2026, 11, 23, 23, 59, tzinfo=PARIS),
            "1e5": dt.datetime(2026, 12, 1, 12, tzinfo=PARIS),
        },
        teams={"Les gradients": ("4711", "Ada Lovelace")},
    )


def test_an_exercise_has_the_rules_of_the_class_but_for_its_own(rules):
    found = rules(WHOLE)
    own = found.of("ex11")
    assert (own.penalty, own.attempts, own.cap) == (Decimal("2.5"), None, Decimal(50))
    assert own.deadline == dt.datetime(2026, 12, 10, 9, tzinfo=PARIS)
    assert own.deadline.tzinfo == PARIS
    # More time starts from the exercise's own deadline, and never takes any away.
    assert own.extensions["007"] == dt.datetime(2026, 12, 13, 9, tzinfo=PARIS)
    assert own.extensions["1e5"] == own.deadline
    other = found.of("ex12")
    assert (other.deadline, other.extensions, other.teams) == (None, {}, {})
    assert found.of("ex13") == found.whole


def test_an_empty_file_has_no_rules(rules):
    assert rules("").whole == ExerciseRules()
    assert rules("# nothing\n").exercises == {}


def test_more_time_may_be_given_where_only_exercises_have_deadlines(rules):
    text = "extensions: {4711: 1 day}\nexercises: {ex11: {deadline: 2026-11-20T12:00Z}}"
    found = rules(text)
    assert found.whole.extensions == {}
    assert found.of("ex11").extensions["4711"] == dt.datetime(2026, 11, 21, 12, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("text", "place", "sentence"),
    [
        ("deadline: 2026-11-20 23:59", "deadline", "2026-11-20 23:59 has no time zone"),
        ("deadline: 2026-11-20", "deadline", "is a day without a time: write 2026-11-20 23:59"),
        ("deadline: 2026-11-31 10:00Z", "deadline", "is not a time"),
        ("deadline: tomorrow", "deadline", "'tomorrow' is not a time"),
        ("deadline:", "deadline", "'' is not a time"),
        ("deadline: [1]", "deadline", "is not a time"),
        ("timezone: Paris", "timezone", "'Paris' is not a time zone"),
        ("timezone: ../../etc/passwd", "timezone", "is not a time zone"),
        ("timezone: +02:00", "timezone", "is not a time zone"),
        ("penalty: -10%", "penalty", "'-10%' is not a percentage from 0 to 100"),
        ("penalty: 101", "penalty", "is not a percentage"),
        ("penalty: 0.125", "penalty", "is not a percentage"),
        ("cap: nan", "cap", "is not a percentage"),
        ("grace: 15", "grace", "'15' is not a length of time: write it as 15 min, 2 h, 3 days"),
        ("grace: -1 h", "grace", "is not a length of time"),
        ("pause: 1:30", "pause", "is not a length of time"),
        ("attempts: 0", "attempts", "'0' is not a number of attempts from 1"),
        ("attempts: 2.5", "attempts", "is not a number of attempts"),
        ("counts: worst", "counts", "'worst' is none of the values allowed here"),
        ("of: total", "of", "is none of the values allowed"),
        ("dealine: 2026-11-20T10:00Z", "dealine", "this field is unknown"),
        (
            "extensions: {4711: 3 days}",
            "extensions",
            "more time is given, and there is no deadline",
        ),
        (
            "exercises: {ex11: {extensions: {4711: 3 days}}}",
            "exercises.ex11.extensions",
            "there is no deadline",
        ),
        (
            "deadline: 2026-11-20T10:00Z\nextensions: {4711: 2026-11-19T10:00Z}",
            "extensions.4711",
            "this is before the deadline",
        ),
        (
            "deadline: 2026-11-20T10:00Z\nextensions: {4711: 2026-12-19 10:00}",
            "extensions.4711",
            "has no time zone",
        ),
        (
            "deadline: 9999-11-20T10:00Z\nextensions: {4711: 900 weeks}",
            "extensions.4711",
            "beyond every calendar",
        ),
        (
            "deadline: 2026-11-20T10:00Z\nextensions: {4711: soon}",
            "extensions.4711",
            "is neither a time nor a length of time",
        ),
        ("extensions: [4711]", "extensions", "this is not a mapping"),
        ("teams: {A: []}", "teams.A", "nobody is in this team"),
        ("teams: {A: [x, y], B: [y]}", "teams", "y is in the teams more than once"),
        ("teams: {A: [x, x]}", "teams", "x is in the teams more than once"),
        ("teams: {A: x}", "teams.A", "this is not a list"),
        ("exercises: {softmax: {}}", "exercises.softmax", "does not have the form"),
        ("attempts: 1\nattempts: 2", "line 2", "the key 'attempts' stands twice"),
        ("counts: best: latest", "line 1", "there is a colon too many"),
        ("just words", "", "this is not a mapping"),
    ],
)
def test_what_cannot_be_meant_is_one_sentence_with_its_place(rules, text, place, sentence):
    with pytest.raises(ClassFileError) as caught:
        rules(text)
    said, code = told(caught.value, Translator("en"))
    assert code == 2
    assert "\n" not in said
    assert place in said
    assert sentence in said
    assert "course" not in said


@pytest.mark.parametrize("lang", LANGUAGES)
def test_it_is_said_in_the_language_of_the_reader(rules, lang):
    with pytest.raises(ClassFileError) as caught:
        rules("penalty: -1")
    said, _ = told(caught.value, Translator(lang))
    word = {"en": "percentage", "fr": "pourcentage", "ru": "процент"}[lang]
    assert word in said


def test_a_file_that_is_not_there_or_not_text(tmp_path):
    with pytest.raises(ClassFileError, match="there is no such file: check its path"):
        read_class(tmp_path / "class.yaml")
    (tmp_path / "odd.yaml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ClassFileError, match="is not UTF-8"):
        read_class(tmp_path / "odd.yaml")


def test_rules_for_an_exercise_that_is_not_there_are_refused(rules):
    found = rules("exercises: {ex11: {}, ex99: {}}")
    refuse_unknown_exercises(found, {"ex11", "ex99"}.__contains__)
    with pytest.raises(ClassFileError, match=r"exercises\.ex99: the course has no such exercise"):
        refuse_unknown_exercises(found, {"ex11"}.__contains__)
