"""`grader similar` says first that it is a hint, and shows both sides."""

import json

import pytest
from exercises.variants import ROOT
from support.languages import LANGUAGES
from support.text_blocks import block

FIRST, *OTHERS = sorted((ROOT / "tests" / "solutions" / "ex24").glob("*.py"))[:4]


@pytest.fixture
def class_of_five(grader):
    folder = grader.folder / "class"
    folder.mkdir()
    text = FIRST.read_text(encoding="utf-8")
    (folder / "ann_ex24.py").write_text(text)
    (folder / "ben_ex24.py").write_text(f"# mine\n{text}")
    for number, path in enumerate(OTHERS):
        (folder / f"other{number}_ex24.py").write_bytes(path.read_bytes())
    (folder / "eve_ex24.py").write_text(
        block("""
        def d_relu(u):
            return u
    """)
    )
    (folder / "bad_ex24.py").write_bytes(b"\x00\xff\xfe\x00")
    (folder / "ann_ex12.yaml").write_text("a: 1\n")
    return grader


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_hint_comes_first_and_both_sides_are_shown(class_of_five, lang):
    done = class_of_five.run("similar", "class", "--plain", "--lang", lang)
    assert done.returncode == 0, done.stderr
    first = done.stdout.splitlines()[0]
    assert {"en": "never a verdict", "fr": "jamais un verdict", "ru": "не приговор"}[lang] in first
    assert "ann" in done.stdout
    assert "ben" in done.stdout
    assert "other0" not in done.stdout
    assert done.stdout.count("def d_relu(u):") == 2
    assert "ex12" not in done.stdout


def test_programs_get_pairs_lines_and_what_nothing_can_be_said_about(class_of_five):
    done = class_of_five.run("similar", "class", "ex24", "--json")
    told = json.loads(done.stdout)
    assert "never a verdict" in told["hint"]
    (one,) = told["exercises"]
    (pair,) = one["pairs"]
    assert pair["students"] == ["ann", "ben"]
    assert pair["share"] == 1
    assert "eve" in one["too_short"]
    assert not (class_of_five.folder / "out").exists()


def test_control_sequences_in_an_answer_reach_no_terminal(class_of_five):
    for name in ("ann", "ben"):
        path = class_of_five.folder / "class" / f"{name}_ex24.py"
        path.write_text(path.read_text().replace("return", "'\u009b2J'; return", 1))
    done = class_of_five.run("similar", "class")
    assert "ann" in done.stdout
    assert "\u009b" not in done.stdout


def test_a_source_that_is_missing_is_told(grader):
    done = grader.run("similar", "nothing")
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
