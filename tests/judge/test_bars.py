"""Bars: measured numbers that a check holds against a limit, and the table of what was measured."""

import json

import pytest
from support.text_blocks import block

from grader.cli.certificate import as_data, lines
from grader.course.languages import Translator
from grader.course.loading import Course
from grader.judge.checking.bars import Measurement, Noted, assert_at_most, noted
from grader.judge.failures import CheckFailedError
from grader.judge.validation import certificate_table

BARS = """\
from grader import assert_at_most


def test_far(student, rng):
    for name, x in (("near", 1.0), ("far", float(rng.uniform(3, 4)))):
        assert_at_most(abs(student.double(x) - 2 * x), 1.0, "off", of=name, x=x)
"""
EXACT = """\


def test_near(student, reference):
    assert_close(student.double(1.0), reference.double(1.0))
"""
TEXTS = block("""
    ---
    title: x
    feedback: {off: 'Off by {{value}}, at most {{bar}}.'}
    ---
    x
""")
WRONG = {
    "squared": block("""
        def double(x):
            return x**2
    """)
}


@pytest.fixture
def measured():
    """What bars note during a test."""
    here = Noted()
    token = noted.set(here)
    yield here.measurements
    noted.reset(token)


def test_a_number_at_the_bar_passes(measured):
    assert_at_most(0.5, 0.5, "off", of="part")
    assert measured == [Measurement("part", 0.5, 0.5)]


@pytest.mark.parametrize(
    ("value", "told"), [(0.123456, 0.123), (float("nan"), "nan"), (float("inf"), "inf")]
)
def test_a_number_above_the_bar_is_told(measured, value, told):
    with pytest.raises(CheckFailedError) as caught:
        assert_at_most(value, 0.1, "off", activation="relu")
    (finding,) = caught.value.findings
    assert finding.id == "exercise.off"
    assert finding.args == {"value": told, "bar": 0.1, "activation": "relu"}
    assert len(measured) == 1


def test_a_bar_fails_with_the_sentence_of_the_exercise(court):
    court.exercise(BARS)
    court.write("i18n/en/ex01_double.md", TEXTS)
    (message,) = court.checks(
        block("""
            def double(x):
                return 3 * x + 1
        """)
    )["test_far"].feedback
    assert message.text == "Off by 2, at most 1."


@pytest.fixture
def certificate(court, monkeypatch):
    """The certificate of ex01, under few seeds."""
    monkeypatch.setattr(certificate_table, "SEEDS", 3)
    monkeypatch.setattr(certificate_table, "SEEDS_FOR_WRONG", 2)

    def made(**options):
        (found,) = certificate_table.certificates(
            [Course(court.root).exercise("ex01")], **{"jobs": 1, **options}
        )
        return found

    return made


def test_reference_and_wrong_answers_are_measured(court, certificate):
    court.exercise(BARS, wrong=WRONG)
    found = certificate()
    assert found.holds
    far = found.bars["test_far", "far", 1.0]
    assert far[certificate_table.REFERENCE].values == [0.0, 0.0, 0.0]
    assert len(far["squared"].values) == far["squared"].above == 2
    assert min(far["squared"].values) >= 3


@pytest.mark.parametrize(("checks", "by_check", "not_at_all"), [(BARS + EXACT, 2, 0), (BARS, 0, 2)])
def test_what_no_bar_keeps_out_must_fail_another_check(
    court, certificate, checks, by_check, not_at_all
):
    wrong = {
        **WRONG,
        "half_more": block("""
            def double(x):
                return 2 * x + 0.5
        """),
    }
    court.exercise(checks, wrong=wrong)
    found = certificate()
    assert found.kept_out["squared"] == certificate_table.KeptOut(by_bar=2)
    one = found.kept_out["half_more"]
    assert (one.by_bar, one.by_check, one.not_at_all) == (0, by_check, not_at_all)
    assert one.checks == ["test_near"] * bool(by_check)
    assert found.holds is not bool(not_at_all)
    told = "caught by test_near: 2" if by_check else "not caught: 2"
    assert any(line.split("  ")[-1] == told for line in lines(found, Translator("en")))
    assert as_data(found)["kept_out"][1]["not_at_all"] == not_at_all


def test_a_bar_that_the_reference_breaks_does_not_hold(court, certificate):
    court.exercise(
        BARS,
        reference=block("""
            def double(x):
                return 2 * x + 2
        """),
    )
    found = certificate()
    assert not found.holds
    assert found.bars["test_far", "near", 1.0][certificate_table.REFERENCE].above == 3


def test_without_bars_corruptions_are_listed(court, certificate):
    checks = "def test_one(student, reference):\n"
    checks += "    x = np.array([1.0, 2.0])\n"
    checks += "    assert_close(student.double(x), reference.double(x), rtol=0.02)\n"
    court.exercise(checks)
    found = certificate()
    assert found.corruptions["zeros"]
    assert not found.corruptions["1 % too large"]
    assert not found.holds
    told = list(lines(found, Translator("en")))
    assert told[0] == "ex01_double: in place of the right result"
    assert any(line.endswith("  accepted") for line in told)


def test_a_quiz_has_no_certificate(court):
    (found,) = certificate_table.certificates([Course(court.root).exercise("ex02")], 1)
    assert list(lines(found, Translator("en"))) == ["ex02_everything: there is no certificate"]


def test_the_table_is_text_and_data(court, certificate):
    court.exercise(BARS, wrong=WRONG)
    found = certificate()
    for lang, head in (("en", "at most 1"), ("fr", "au plus 1"), ("ru", "не больше 1")):
        told = list(lines(found, Translator(lang)))
        assert any(line.startswith("test_far far") and head in line for line in told)
    data = json.loads(json.dumps(as_data(found), allow_nan=False))
    far = next(bar for bar in data["bars"] if bar["of"] == "far")
    assert far["reference"] == {
        "least": 0.0,
        "most": 0.0,
        "measured": 3,
        "above": 0,
        "not_finite": 0,
    }
    assert far["wrong"]["squared"]["above"] == 2
