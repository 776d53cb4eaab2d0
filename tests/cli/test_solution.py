"""Right answers are shown to who has found one, and to teachers."""

import json
import shutil
from pathlib import Path

import pytest
from support.text_blocks import block

TINY = Path(__file__).resolve().parents[1] / "courses" / "tiny"
RIGHT = block("""
    def double(x):
        return 2 * x
""")
WRONG = block("""
    def double(x):
        return x * x
""")
SHIFTED = block("""
    def double(x):
        return x << 1 if isinstance(x, int) else x / 0.5
""")
EXPLAINED = """\
---
styles:
  halves:
    title: by a division
    text: It gains nothing and loses a `*`.
---

The key idea: **twice is $2x$**.
"""
FRENCH = """\
---
styles:
  halves:
    title: par une division
    text: On n'y gagne rien et on y perd un `*`.
---

L'idée clé : **le double est $2x$**.
"""
QUESTIONS = """\
---
questions:
  smallest: One is before two.
  even: They are divisible by 2.
  signs: Each has its name.
  growing: Weigh them.
  half: Half of a half is a quarter.
  addition: There is a `+`.
---
"""


@pytest.fixture
def course(tmp_path):
    """A copy of the tiny course, in which right answers are explained, in French as well."""
    root = tmp_path / "course"
    shutil.copytree(TINY, root)

    def write(name, text):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")

    write("answers/ex01_double/styles/halves.py", SHIFTED)
    write("i18n/en/ex01_double.solution.md", EXPLAINED)
    write("i18n/fr/ex01_double.solution.md", FRENCH)
    write("i18n/en/ex02_everything.solution.md", QUESTIONS)
    return root


@pytest.fixture
def run(grader, course):
    """Run a command on that course, in an empty folder."""
    (grader.folder / "work").mkdir()
    grader.folder = grader.folder / "work"
    done = grader.run("validate", "ex01", *["--accept-translation", "*"], "--lang", "fr",
                      "--course", course)  # fmt: skip
    assert done.returncode == 0, done.stderr

    def command(*arguments, **options):
        return grader.run("--course", course, *arguments, **options)

    return command


def solution(run, exercise="ex01", *options):
    return run("show", exercise, "--solution", *options)


# -- before ---------------------------------------------------------------------------------------


def test_before_there_is_an_answer_a_sentence_says_how_to_begin(run):
    done = solution(run)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.count("\n") == 1
    assert "none of yours in this folder yet: begin with grader init . ex01" in done.stderr


def test_an_answer_with_fewer_points_does_not_show_it_and_the_points_are_told(run, grader):
    grader.write("ex01_double.py", WRONG)
    done = solution(run)
    assert (done.returncode, done.stdout) == (1, "")
    assert "so far 0 of 4: grade ex01" in done.stderr
    assert "2 * x" not in done.stderr


@pytest.mark.parametrize(
    ("lang", "sentence"),
    [
        (
            "fr",
            "Les réponses justes à ex01 ne sont montrées qu'une fois que la vôtre a tous",
        ),
        ("ru", "Верные решения ex01 откроются, когда ваше получит все баллы"),
    ],
)
def test_it_is_refused_in_the_reader_s_language(run, grader, lang, sentence):
    assert sentence in solution(run, "ex01", "--lang", lang).stderr
    grader.write("ex01_double.py", WRONG)
    assert sentence in solution(run, "ex01", "--lang", lang).stderr


def test_an_answer_that_cannot_be_read_shows_nothing(run, grader):
    grader.write("ex01_double.py", b"\xff\xfe\x00")
    done = solution(run)
    assert (done.returncode, done.stdout) == (2, "")
    assert "could not be graded: grade ex01" in done.stderr


def test_for_programs_a_refusal_prints_no_json(run):
    done = solution(run, "ex01", "--json")
    assert (done.returncode, done.stdout) == (1, "")


def test_teacher_without_solution_is_a_wrong_use(run):
    done = run("show", "ex01", "--teacher")
    assert done.returncode == 2
    assert "--teacher goes with --solution." in done.stderr


# -- after ----------------------------------------------------------------------------------------


def test_whoever_has_all_points_sees_the_reference_and_the_styles(run, grader):
    grader.write("ex01_double.py", RIGHT)
    done = solution(run)
    assert done.returncode == 0, done.stderr
    order = [
        "# ex01 · Twice as much",
        "## A right answer",
        "return 2 * x",
        "The key idea: **twice is 2x**.",
        "## Another right answer: by a division",
        "return x << 1 if isinstance(x, int) else x / 0.5",
        "It gains nothing and loses a `*`.",
    ]
    places = [done.stdout.index(text) for text in order]
    assert places == sorted(places)


def test_one_right_answer_of_several_is_enough(run, grader):
    grader.write("ex01_a.py", WRONG)
    grader.write("ex01_b.py", RIGHT)
    assert solution(run).returncode == 0


def test_a_remembered_result_counts_while_the_answer_is_as_it_was(run, grader):
    assert run("init", ".", "ex01").returncode == 0
    grader.write("ex01_double.py", RIGHT)
    assert run("grade", "ex01").returncode == 0
    kept = json.loads((grader.folder / ".grader-progress.json").read_text(encoding="utf-8"))
    (attempt,) = kept["courses"]["tiny"]["ex01"].values()
    assert attempt["passed"]
    assert solution(run).returncode == 0
    grader.write("ex01_double.py", WRONG)
    assert solution(run).returncode == 1


def test_a_result_of_other_checks_does_not_count(run, grader, course):
    assert run("init", ".", "ex01").returncode == 0
    grader.write("ex01_double.py", SHIFTED)
    assert run("grade", "ex01").returncode == 0
    checks = course / "exercises" / "ex01_double" / "checks.py"
    text = checks.read_text(encoding="utf-8")
    spoilt = text.replace("student.double(", "1 + student.double(")
    assert spoilt != text
    checks.write_text(spoilt, encoding="utf-8")
    assert solution(run).returncode == 1


def test_an_answer_of_any_name_counts_where_the_folder_remembers_it(run, grader):
    assert run("init", ".", "ex01").returncode == 0
    grader.write("mine.py", RIGHT)
    assert run("grade", "ex01", "mine.py").returncode == 0
    assert solution(run).returncode == 0


def test_an_answer_that_lies_elsewhere_is_named_as_the_report_says(run, grader):
    (grader.folder / "other").mkdir()
    grader.write("other/mine.py", RIGHT)
    graded = run("grade", "ex01", "other/mine.py")
    assert graded.returncode == 0
    words = " ".join(graded.stdout.split())
    assert "grader show ex01 --answer other/mine.py --course" in words
    assert solution(run).returncode == 1
    done = solution(run, "ex01", "--answer", "other/mine.py")
    assert (done.returncode, "## A right answer" in done.stdout) == (0, True)


def test_an_answer_that_is_named_and_is_wrong_is_to_be_graded_itself(run, grader):
    grader.write("ex01_double.py", RIGHT)
    (grader.folder / "other").mkdir()
    grader.write("other/mine.py", WRONG)
    done = solution(run, "ex01", "--answer", "other/mine.py")
    assert done.returncode == 1
    assert "so far 0 of 4: grade ex01 other/mine.py" in done.stderr


def test_an_answer_of_this_folder_needs_no_name(run, grader):
    path = grader.write("ex01_double.py", RIGHT)
    assert "--answer" not in run("grade", "ex01", str(path)).stdout


def test_an_answer_without_a_solution_is_a_wrong_use(run):
    done = run("show", "ex01", "--answer", "mine.py")
    assert done.returncode == 2
    assert "--answer goes with --solution." in done.stderr


@pytest.mark.parametrize(("weights", "code"), [("[w, b]", 0), ("[w]", 1)])
def test_a_text_that_a_teacher_has_still_to_read_keeps_no_solution_back(grader, weights, code):
    boxes = "{a: inputs, b: parameters, c: outputs, d: error}"
    answers = block(f"""
        looked_for: {weights}
        minimised: error
        black_box: {boxes}
        purpose: weights
    """)
    grader.write("ex01.yaml", answers)
    told = grader.run("grade", "ex01")
    assert ("grader show ex01 --solution" in told.stdout) == (code == 0)
    assert grader.run("show", "ex01", "--solution").returncode == code


@pytest.mark.parametrize("file", [["a"], "../ex01_double.py", "missing.py"])
def test_what_somebody_has_written_into_the_memory_shows_nothing(run, grader, file):
    kept = {"file": file, "submission_hash": "", "grading_hash": "", "reached": 4, "reachable": 4}
    memory = json.dumps({"ex01": {**kept, "passed": True}})
    grader.write(".grader-progress.json", memory)
    done = solution(run)
    assert done.returncode == 1
    assert "none of yours in this folder yet" in done.stderr


def test_a_teacher_sees_it_whatever_lies_in_the_folder(run, grader):
    assert "## A right answer" in solution(run, "ex01", "--teacher").stdout
    grader.write("ex01_double.py", WRONG)
    assert solution(run, "ex01", "--teacher").returncode == 0
    assert not (grader.folder / ".grader-progress.json").exists()


def test_it_comes_in_the_reader_s_language(run):
    told = solution(run, "ex01", "--teacher", "--lang", "fr").stdout
    assert "Une autre réponse juste\u00a0: par une division" in told
    assert "L'idée clé" in told


@pytest.mark.parametrize("lang", ["ru", "fr"])
def test_what_is_not_translated_is_english_and_says_so(run, course, lang):
    english = course / "i18n" / "en" / "ex01_double.solution.md"
    english.write_text(EXPLAINED.replace("twice is", "the double is"), encoding="utf-8")
    told = solution(run, "ex01", "--teacher", "--lang", lang).stdout
    assert "The key idea: **the double is 2x**." in told
    assert ("par une division" in told) == (lang == "fr")
    note = {"fr": "La traduction", "ru": "Перевод"}[lang]
    assert note in told


def test_for_programs_it_holds_code_and_texts(run):
    data = json.loads(solution(run, "ex01", "--teacher", "--json").stdout)
    assert data["reference"].startswith("def double")
    assert data["explanation"] == "The key idea: **twice is $2x$**."
    (style,) = data["styles"]
    assert (style["id"], style["code"]) == ("halves", SHIFTED)


@pytest.mark.parametrize("width", [60, 80])
def test_texts_keep_to_the_width_and_code_is_as_it_was_written(run, course, width):
    file = course / "answers" / "ex01_double" / "styles" / "halves.py"
    code = block(f"""
        def other(x):
            return {"x + " * 30}x


        def double(x):
            return x + x
    """)
    file.write_text(code, encoding="utf-8")
    english = course / "i18n" / "en" / "ex01_double.solution.md"
    english.write_text(EXPLAINED.replace("It gains", "It gains a lot, " * 20), encoding="utf-8")
    told = run("show", "ex01", "--solution", "--teacher", env={"COLUMNS": str(width)}).stdout
    assert code.strip("\n") in told
    prose = [line for line in told.splitlines() if line not in code.splitlines()]
    assert max(map(len, prose)) <= width


# -- questions ------------------------------------------------------------------------------------


def test_the_answers_of_a_quiz_are_told_in_words_with_their_reasons(run):
    told = solution(run, "ex02", "--teacher").stdout
    for answer, why in [
        ("- `one` the number 1", "One is before two."),
        ("- `two` 2\n- `four` 4", "They are divisible by 2."),
        ("- `plus` the sign + → `sum` the sum", "Each has its name."),
        (
            block("""
                1. `small` a mouse
                2. `medium` a dog
                3. `large` a horse"""),
            "Weigh them.",
        ),
        ("- `0.25`", "Half of a half is a quarter."),
        ("- line 4: `", "There is a `+`."),
    ]:
        assert told.index(answer) < told.index(why)


def test_an_answer_file_with_all_points_shows_the_solution(run, grader):
    grader.write("ex03_find_line.yaml", "returned: 4\n")
    assert solution(run, "ex03").returncode == 0


def test_without_an_explanation_the_right_answers_alone_are_shown(run, course):
    told = solution(run, "ex03", "--teacher")
    assert told.returncode == 0
    assert "- line 4: `" in told.stdout
    (course / "i18n" / "en" / "ex01_double.solution.md").unlink()
    told = solution(run, "ex01", "--teacher", "--lang", "fr")
    assert told.returncode == 0
    assert "return 2 * x" in told.stdout
    assert "division" not in told.stdout


# -- what is broken -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("no front matter", "there is no front matter"),
        (
            block("""
                ---
                style: {}
                ---
            """),
            "style: this field is unknown",
        ),
        (
            block("""
                ---
                styles: {halves: {title: x}}
                ---
            """),
            "styles.halves.text: this field is missing",
        ),
        (
            block("""
                ---
                styles: [halves]
                ---
            """),
            "styles: this is not a mapping",
        ),
        (
            block("""
                ---
                styles: {a: b
                ---
            """),
            "line ",
        ),
    ],
)
def test_a_broken_file_is_the_course_s_fault_and_says_where(run, course, text, said):
    (course / "i18n" / "en" / "ex01_double.solution.md").write_text(text, encoding="utf-8")
    done = solution(run, "ex01", "--teacher")
    assert done.returncode == 3
    assert "ex01_double.solution.md" in done.stderr
    assert said in done.stderr


def test_nothing_but_the_solution_reads_its_file(run, grader, course):
    (course / "i18n" / "en" / "ex01_double.solution.md").write_text("broken", encoding="utf-8")
    grader.write("ex01_double.py", RIGHT)
    for arguments in (["list"], ["show", "ex01"], ["hint", "ex01"], ["grade", "ex01"]):
        assert run(*arguments).returncode == 0


TEXT_WAITS = """\
looked_for: [w, b]
minimised: error
black_box: {a: inputs, b: parameters, c: outputs, d: error}
purpose: Weights that make the error small, on new data as well.
"""


def test_a_text_that_waits_for_a_teacher_holds_nothing_back(grader):
    grader.write("ex01_what_training_adjusts.yaml", TEXT_WAITS)
    shown = grader.run("show", "ex01", "--solution")
    assert (shown.returncode, shown.stderr) == (0, "")
    grader.write("ex01_what_training_adjusts.yaml", TEXT_WAITS.replace("error\n", "accuracy\n"))
    refused = grader.run("show", "ex01", "--solution")
    assert (refused.returncode, refused.stdout) == (1, "")
    assert "so far 6 of 10" in refused.stderr
