"""The example of the manual, and the commands that apply a class.yaml, as a teacher runs them."""

import csv
import json
import re
from pathlib import Path

import jsonschema
import pytest
import yaml
from support.languages import LANGUAGES
from support.text_blocks import block

from grader.classroom.reading import read_class, refuse_unknown_exercises
from grader.course.loading import Course
from grader.course.locate import builtin_root
from grader.gradebook.store import Store

ROOT = Path(__file__).resolve().parents[2]
TINY = ROOT / "tests" / "courses" / "tiny"
RIGHT = block("""
    def double(x):
        return 2 * x
""")
WRONG = block("""
    def double(x):
        return x ** 2
""")
OWN = ("--course", TINY, "--require-isolation", "own-code-only", "--jobs", "1")
CLASS = """\
timezone: Europe/Paris
counts: best
deadline: 2026-11-20 23:59
penalty: 10%
extensions: {Nemo: 1 day}
teams: {Duo: [cy, Dan]}
"""


def example():
    manual = (ROOT / "docs" / "teacher.md").read_text(encoding="utf-8")
    return re.search(r"<!-- class.yaml -->\n```yaml\n(.*?)```", manual, re.DOTALL)[1]


def test_the_example_of_the_manual_is_what_it_says(tmp_path):
    (tmp_path / "class.yaml").write_text(example(), encoding="utf-8")
    rules = read_class(tmp_path / "class.yaml")
    known = {one.model.id for one in Course(builtin_root()).exercises()}
    refuse_unknown_exercises(rules, known.__contains__)
    assert (rules.whole.counts, rules.whole.attempts, rules.whole.penalty) == ("best", 5, 10)
    assert set(rules.whole.extensions) == {"4711", "Ada Lovelace"}
    assert rules.of("ex11").penalty == 100
    assert rules.of("ex11").extensions["4711"].isoformat() == "2026-11-30T18:00:00+01:00"
    assert (rules.of("ex12").deadline, rules.of("ex12").teams) == (None, {})


def test_the_schema_takes_the_example_and_no_nonsense(grader):
    schema = json.loads(grader.run("schema", "class").stdout)
    good = yaml.safe_load(example().replace("2026-11-27T18:00+01:00", "'2026-11-27T18:00+01:00'"))
    good["exercises"]["ex12"]["deadline"] = "none"
    good["extensions"] = {str(name): value for name, value in good["extensions"].items()}
    good["teams"] = {name: [*map(str, members)] for name, members in good["teams"].items()}
    jsonschema.validate(good, schema)
    for wrong in (
        {"penalty": "-10%"},
        {"grace": "15 moons"},
        {"deadline": "soon"},
        {"x": 1},
        {"cap": 101},
    ):
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(good | wrong, schema)


def test_names_in_doubt_are_refused_before_anything_is_judged(export):
    export.write("class.yaml", "teams: {Duo: [Twin, ann]}")
    with Store.open(export.folder / "book.db") as store:
        store.add_student("t1", "Twin")
        store.add_student("t2", "Twin")
    asked = ("batch", "class", "--out", "out", "--class", "class.yaml", "--gradebook", "book.db")
    done = export.run(*asked, *OWN)
    assert done.returncode == 2
    assert "Twin is the name of several students (t1, t2)" in done.stderr
    assert not (export.folder / "out" / "grades.csv").exists()
    assert not (export.folder / "out" / "results").exists()


@pytest.fixture
def export(grader):
    """A download of Gradescope: one in time, one two days late, one for two, nobody of a third."""
    handed_in = {
        "ann": (RIGHT, "2026-11-20 12:00:00"),
        "bob": (RIGHT, "2026-11-22 12:00:00"),
        "cy": (WRONG, "2026-11-19 12:00:00"),
        "dan": (RIGHT, "2026-11-19 13:00:00"),
    }
    lines = ["---"]
    for number, (student, (text, at)) in enumerate(handed_in.items(), 1):
        folder = grader.folder / "class" / f"submission_{number}"
        folder.mkdir(parents=True)
        (folder / "ex01.py").write_text(f"{text}# {student}\n", encoding="utf-8")
        lines += [
            *(f"submission_{number}:", "  :submitters:", f"  - :name: {student.title()}"),
            *(f"    :sid: {student}", f"  :created_at: {at}.000000000 Z", "  :history: []"),
        ]
    grader.write("class/submission_metadata.yml", "\n".join(lines) + "\n")
    grader.write("class.yaml", CLASS)
    return grader


def rows(file):
    with file.open(encoding="utf-8", newline="") as opened:
        return list(csv.DictReader(opened))


def test_a_batch_shows_both_numbers_and_writes_the_grade_after_the_rules(export):
    asked = ("batch", "class", "--out", "out", "--class", "class.yaml", *OWN)
    done = export.run(*asked, "--format", "canvas", "--gradebook", "book.db")
    assert done.returncode == 0, done.stderr
    assert "Bob (bob)  2 days late  −0.8 (20%), so 3.2" in done.stdout
    assert "Nemo" in done.stdout
    assert "The grades in canvas.csv are those after these rules." in done.stdout
    found = {row["student_id"]: row for row in rows(export.folder / "out" / "grades.csv")}
    names = ("points", "after_rules", "entered", "handed_in_by")
    assert [[found[one][name] for name in names] for one in ("ann", "bob", "cy", "dan")] == [
        *(["4", "4", "4", ""], ["4", "3.2", "3.2", ""], ["0", "4", "4", "dan"], ["4", "4", "4", ""])
    ]
    canvas = {row["ID"]: row["ex01"] for row in rows(export.folder / "out" / "canvas.csv")}
    assert {one: canvas[one] for one in found} == {"ann": "4", "bob": "3.2", "cy": "4", "dan": "4"}

    # The same without a gradebook, and another rule: nobody is judged again.
    export.write("class.yaml", CLASS.replace("10%", "25%"))
    again = json.loads(export.run(*asked, "--json").stdout)
    assert again["judged"] == 0
    late = {"student": "bob", "exercise": "ex01", "days": 2, "penalty": 2.0, "after": 2.0}
    assert again["rules"]["late"] == [late]
    assert again["rules"]["unknown"] == ["Nemo"]
    shown = export.run("gradebook", "show", "--gradebook", "book.db", env={"GRADER_CLASS": "class.yaml"})  # noqa: E501  # fmt: skip
    assert "ex01  4 of 4  2 days late  −2 (50%), so 2" in shown.stdout
    assert "ex01  4 of 4  team Duo  handed in by dan" in shown.stdout


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    ("text", "place"),
    [("penalty: -1", "penalty"), ("exercises: {ex99: {}}", "exercises.ex99"), (None, "class.yaml")],
)
def test_rules_that_cannot_be_meant_end_a_batch_before_it_begins(export, lang, text, place):
    if text is None:
        (export.folder / "class.yaml").unlink()
    else:
        export.write("class.yaml", text)
    asked = ("batch", "class", "--out", "out", "--class", "class.yaml", "--lang", lang, *OWN)
    done = export.run(*asked)
    assert (done.returncode, done.stdout) == (2, "")
    assert place in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert not (export.folder / "out").exists()


def test_the_page_of_a_batch_and_of_a_gradebook(export):
    asked = ("batch", "class", "--out", "out", "--page", "--gradebook", "book.db", *OWN)
    done = export.run(*asked)
    assert done.returncode == 0, done.stderr
    html = (export.folder / "out" / "class.html").read_text(encoding="utf-8")
    assert "1 student of 4" in html
    assert "You return the square" in html
    made = export.run(
        *("gradebook", "page", "--gradebook", "book.db", "--class", "class.yaml", "--lang", "fr"),
        *("--out", "pages/class.html", "--course", TINY),
    )
    assert made.returncode == 0, made.stderr
    assert made.stdout == "Page\u00a0: pages/class.html\n"
    assert "Nemo" in made.stderr
    page = (export.folder / "pages" / "class.html").read_text(encoding="utf-8")
    assert "2 jours de retard" in page
    assert "4 → 3,2" in page


def test_both_tables_of_a_gradebook(export):
    export.run("batch", "class", "--out", "out", "--gradebook", "book.db", *OWN)
    asked = ("--gradebook", "book.db", "--class", "class.yaml", "--course", TINY)
    done = export.run("gradebook", "csv", "--wide", *asked)
    assert done.stdout == block("""
        student_id,name,ex01,ex01_after_rules,total,total_after_rules,maximum,undecided
        ann,Ann,4,4,4,4,4,0
        bob,Bob,4,3.2,4,3.2,4,0
        cy,Cy,4,4,4,4,4,0
        dan,Dan,4,4,4,4,4,0
    """)
    assert "Nemo" in done.stderr
    wide = export.run("gradebook", "show", "--wide", *asked).stdout.splitlines()
    assert wide[0].split() == ["ex01", "total", "maximum"]
    assert wide[2].split() == ["Bob", "(bob)", "4", "→", "3.2", "4", "→", "3.2", "4"]
    plain = export.run("gradebook", "show", "--wide", "--plain", *asked).stdout.splitlines()
    assert plain[1] == "Bob (bob): ex01 4 → 3.2; total 4 → 3.2 of 4"


@pytest.mark.parametrize(("lang", "told"), [("en", "By the rules"), ("fr", "Selon"), ("ru", "По")])
def test_a_page_of_feedback_says_what_the_rules_make_of_it_and_the_class_page_links_it(
    export, lang, told
):
    asked = ("batch", "class", "--out", "out", "--class", "class.yaml", "--lang", lang, *OWN)
    done = export.run(*asked, "--feedback", "--page")
    assert done.returncode == 0, done.stderr
    pages = export.folder / "out" / "feedback"
    late, timely = ((pages / who / "feedback.html").read_text("utf-8") for who in ("bob", "ann"))
    assert told in late
    assert "20" in late
    assert told not in timely
    page = (export.folder / "out" / "class.html").read_text("utf-8")
    assert 'href="feedback/bob/feedback.html"' in page
    assert 'href="feedback/ann/feedback.html"' in page
