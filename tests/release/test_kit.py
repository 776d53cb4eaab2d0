"""A students' kit judges what is shown as the course does, and does not hold what answers it."""

import ast
import json
import zipfile

import numpy as np
import pytest
from exercises.variants import ROOT
from support.languages import LANGUAGES
from support.quizzes import COURSES
from support.text_blocks import block

from grader.course.loading import Course
from grader.course.prose import read_prose
from grader.judge.checking.sealed_results import packed_results, read_results
from grader.judge.processes.outcomes import Raised, Returned
from grader.judge.reading.submission import read_bytes
from grader.judge.run import Judge, Options
from grader.release.kit import exercise_kit, whole_kit, write
from grader.release.shown_files import shown_prose
from grader.wire.values import Tensor

TINY = COURSES / "tiny"
CODE = ("ex11", "ex22", "ex23", "ex41")
LONG = 16  # characters of a line that does not occur by chance


def made(root, folder, names=()):
    course = Course(root)
    exercises = [course.exercise(name) for name in names] or course.exercises()
    write(whole_kit(course, [exercise_kit(one) for one in exercises]), folder)
    return folder


@pytest.fixture(scope="module")
def tiny(tmp_path_factory):
    return made(TINY, tmp_path_factory.mktemp("tiny"))


@pytest.fixture(scope="module")
def real(tmp_path_factory):
    return made(ROOT, tmp_path_factory.mktemp("real"), (*CODE, "ex14", "ex12"))


# -- what is not in it ----------------------------------------------------------------------------


def contents(folder):
    """Return all that a kit holds as bytes, what is compressed unpacked."""
    found = {}
    for file in folder.rglob("*"):
        if file.is_file():
            found[file.relative_to(folder).as_posix()] = file.read_bytes()
        if file.suffix == ".npz":
            with zipfile.ZipFile(file) as packed:
                found |= {f"{file.name}/{one}": packed.read(one) for one in packed.namelist()}
    return found


def files(folder, left_out=None):
    """Return the files of a folder, as a kit is written."""
    return {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for file in folder.rglob("*")
        if file.is_file() and not (left_out and file.name.endswith(left_out))
    }


def telling(root, exercise):
    """Return the lines of the author's answers that no file for students has, as bytes."""
    known = "".join(
        file.read_text(encoding="utf-8")
        for file in (*exercise.folder.rglob("*.py"), *root.glob(f"i18n/*/{exercise.name}.md"))
    )
    lines = {
        line.strip()
        for file in exercise.answers.rglob("*")
        if file.suffix in {".py", ".yaml"}
        for line in file.read_text(encoding="utf-8").splitlines()
    }
    return {line.encode() for line in lines if len(line) >= LONG and line not in known}


def hold_no_answers(root, kit):
    whole, held = Course(root), contents(kit)
    assert not (kit / "answers").exists()
    assert not [name for name in held if "solution" in name or "key.yaml" in name]
    for name in Course(kit).names:
        exercise = whole.exercise(name)
        lines = telling(root, exercise)
        assert [line for line in lines for data in held.values() if line in data] == []
        if exercise.model.kind != "code":
            continue
        hidden = exercise.hidden_checks
        assert [one for one in hidden for data in held.values() if one.encode() in data] == []
        bodies = {
            ast.unparse(statement)
            for node in ast.parse(exercise.checks_file.read_text(encoding="utf-8")).body
            if isinstance(node, ast.FunctionDef) and node.name in hidden
            for statement in node.body
        }
        left = ast.unparse(ast.parse((kit / "exercises" / name / "checks.py").read_text()))
        assert [one for one in bodies if len(one) > 60 and one in left] == []


def test_a_kit_holds_no_answers_and_no_hidden_checks(tiny):
    hold_no_answers(TINY, tiny)


@pytest.mark.slow
def test_a_kit_of_the_course_holds_no_answers_and_no_hidden_checks(real):
    assert sum(len(telling(ROOT, Course(ROOT).exercise(name))) for name in CODE) > 100
    hold_no_answers(ROOT, real)


def test_nothing_in_a_kit_is_pickled(tiny):
    for file in tiny.rglob("*.npz"):
        with np.load(file, allow_pickle=False) as stored:
            assert {stored[name].dtype.str for name in stored.files} == {"|u1"}


# -- the same verdicts ----------------------------------------------------------------------------


def verdicts(exercise, paths, device="cpu"):
    kind = exercise.model.kind
    submissions = [read_bytes(path.read_bytes(), path.name, kind) for path in paths]
    with Judge(exercise, Options(device=device)) as judge:
        return [one.report for one in judge.judge_all(submissions)]


def shown(report, names):
    """Return what a report says of the checks of a kit: verdict, name of the mistake, feedback."""
    return {
        one.id: (
            one.status,
            one.reached,
            one.misconception,
            [(said.id, said.args) for said in one.feedback],
            one.call,
        )
        for one in report.checks
        if one.id in names
    }


@pytest.mark.slow
@pytest.mark.parametrize("id_", CODE)
def test_shown_checks_end_in_a_kit_as_in_the_course(real, id_):
    here, there = Course(real).exercise(id_), Course(ROOT).exercise(id_)
    folders = (ROOT / "tests" / "solutions" / id_, ROOT / "tests" / "wrong" / id_)
    paths = [path for folder in folders for path in sorted(folder.glob("*.py"))]
    assert len(paths) >= 16
    device = there.code.devices[-1] if "cuda" not in there.code.devices else "sim"
    wanted, got = verdicts(there, paths, device), verdicts(here, paths, device)
    names = set(here.code.checks)
    assert names == set(there.code.checks) - there.hidden_checks
    for path, one, other in zip(paths, wanted, got, strict=True):
        assert shown(other, names) == shown(one, names), path.name
        assert other.run.faults == []


@pytest.mark.slow
def test_all_that_is_read_is_as_in_the_course_in_every_language(tmp_path):
    whole = Course(ROOT)
    for exercise in whole.exercises():
        left_out = exercise.hidden_checks if exercise.model.kind == "code" else frozenset()
        for lang in LANGUAGES:
            file = tmp_path / f"{exercise.name}.{lang}.md"
            file.write_text(shown_prose(exercise.prose_file(lang), left_out), encoding="utf-8")
            there, here = exercise.written_prose(lang), read_prose(file, lang)
            assert here.prompt == there.prompt
            wanted = there.front.model_dump(exclude={"checks", "source", "key_points"})
            assert here.front.model_dump(exclude={"checks", "source", "key_points"}) == wanted
            checks = {id_: text for id_, text in there.front.checks.items() if id_ not in left_out}
            assert here.front.checks == checks
            assert here.front.source.items() <= there.front.source.items()


def test_a_hash_that_looks_like_a_number_stays_a_text(tmp_path):
    file = tmp_path / "ex01_x.md"
    hashes = ("54624e4", "1e5", "12345678", "0x10", ".5", "null", "1_000", "017")
    lines = "".join(f"  checks.test_{n}: '{one}'\n" for n, one in enumerate(hashes))
    file.write_text(f"---\ntitle: X\nsource:\n{lines}---\n\nDo it.\n")
    file.write_text(shown_prose(file, ()))
    assert tuple(read_prose(file, "fr").front.source.values()) == hashes


# -- what it refuses, and says --------------------------------------------------------------------


@pytest.fixture
def student(grader, tiny):
    """A folder of a student who has the kit."""
    grader.write(
        "ex01.py",
        block("""
        def double(x):
            return 2 * x
    """),
    )
    grader.write(
        "half.py",
        block("""
        def double(x):
            return x + 1
    """),
    )
    grader.kit = ("--course", tiny)
    return grader


def test_a_student_grades_with_a_kit(student):
    right = student.run("grade", "ex01", "ex01.py", *student.kit)
    assert right.returncode == 0, right.stdout + right.stderr
    assert "1 more check" in right.stderr.replace("One more", "1 more")
    assert "--solution" not in right.stdout
    wrong = student.run("grade", "ex01", "half.py", *student.kit)
    assert wrong.returncode == 1


def test_a_quiz_is_graded_with_a_kit(student):
    whole, here = (
        student.run("grade", "ex02", "ex02.yaml", "--json", "--course", course)
        for course in (TINY, student.kit[1])
        if student.write("ex02.yaml", "smallest: one\neven: [two]\n")
    )
    checks = [
        {one["id"]: (one["status"], one["reached"]) for one in json.loads(done.stdout)["checks"]}
        for done in (whole, here)
    ]
    assert checks[0] == checks[1]


REFUSED = [
    ("grade", "ex01", "ex01.py", "--audience", "teacher"),
    ("grade", "ex01", "ex01.py", "--seed", "5"),
    ("batch", ".", "--out", "out"),
    ("validate",),
    ("show", "ex01", "--solution"),
    ("show", "ex01", "--solution", "--teacher"),
    ("release", "another"),
]


@pytest.mark.parametrize("words", REFUSED, ids=" ".join)
def test_what_needs_answers_is_refused_in_a_sentence(student, words):
    said = set()
    for lang in LANGUAGES:
        done = student.run(*words, *student.kit, "--lang", lang)
        assert done.returncode == 2, done.stdout + done.stderr
        assert "Traceback" not in done.stderr
        said.add(done.stderr)
    assert len(said) == len(LANGUAGES)
    assert not (student.folder / "another").exists()
    assert not (student.folder / "out").exists()


def test_a_result_that_a_kit_lacks_costs_nothing_and_is_said(student, tiny, tmp_path):
    other = tmp_path / "other"
    write(files(tiny, ".npz"), other)
    done = student.run("grade", "ex01", "ex01.py", "--json", "--course", other)
    report = json.loads(done.stdout)
    assert done.returncode == 3
    assert report["status"] == "ungraded"
    ids = {said["id"] for check in report["checks"] for said in check["feedback"]}
    assert "system.sealed" in ids


@pytest.mark.parametrize("broken", [b"", b"PK\3\4", b"\x93NUMPY"])
def test_a_broken_kit_is_told(student, tiny, tmp_path, broken):
    other = tmp_path / "other"
    write(files(tiny, "sealed.json"), other)
    done = student.run("grade", "ex01", "ex01.py", "--course", other)
    assert done.returncode == 3
    assert "sealed.json" in done.stderr + done.stdout
    write(files(tiny), other)
    next(other.rglob("*.npz")).write_bytes(broken)
    done = student.run("grade", "ex01", "ex01.py", "--course", other)
    assert done.returncode == 3
    assert "Traceback" not in done.stderr + done.stdout


# -- making one -----------------------------------------------------------------------------------


def test_a_kit_is_proved_before_it_is_written(grader):
    done = grader.run("release", "kit", "--course", TINY, "--json")
    told = json.loads(done.stdout)
    assert done.returncode == 0, done.stderr
    assert [one["exercise"] for one in told["exercises"]] == list(Course(TINY).names)
    assert [one["hidden"] for one in told["exercises"]] == [["test_large"], [], []]
    assert all(one["in_kit"] and not one["differences"] for one in told["exercises"])
    again = grader.run("release", "kit", "--course", TINY)
    assert again.returncode == 2
    assert "kit" in again.stderr


def test_a_check_that_asks_for_what_depends_on_the_answer_is_left_out(grader):
    write(files(TINY, ".pyc"), grader.folder / "mine")
    checks = grader.folder / "mine" / "exercises" / "ex01_double" / "checks.py"
    own = "x = np.float32(student.double(1.0)) + rng.normal(size=5).astype"
    text = checks.read_text().replace("x = rng.normal(size=5).astype", own)
    checks.write_text(
        text.replace(
            "import ast\n",
            block("""
        import ast

        import numpy as np
    """),
        )
    )
    done = grader.run("release", "kit", "ex01", "--course", "mine", "--json")
    (one,) = json.loads(done.stdout)["exercises"]
    assert one["open"] == ["test_array"]
    kit = Course(grader.folder / "kit").exercise("ex01")
    assert set(kit.code.checks) == {"test_number"}
    assert kit.sealed.left_out == 2


def test_results_are_read_back_as_they_were(tmp_path):
    value = {"a": np.float32([[1, 2], [3, np.inf]]), "t": Tensor(np.ones(2), "bfloat16", "cpu")}
    results = {
        ("", b"\1" * 32): Returned(value, {0: np.arange(3)}),
        ("wrong.way", b"\2" * 32): Raised("ValueError", "no", 3, "raised", end_column=4),
    }
    file = tmp_path / "sealed_cpu.npz"
    file.write_bytes(packed_results(results))
    back = read_results(file)
    assert back.keys() == results.keys()
    assert back["wrong.way", b"\2" * 32] == results["wrong.way", b"\2" * 32]
    got = back["", b"\1" * 32]
    np.testing.assert_array_equal(got.value["a"], value["a"])
    assert got.value["a"].dtype == np.float32
    assert (got.value["t"].dtype, got.value["t"].device) == ("bfloat16", "cpu")
    np.testing.assert_array_equal(got.changed[0], np.arange(3))
