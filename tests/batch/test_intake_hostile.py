"""Files named, or made, to count for somebody else, or to cost the class its grades."""

import random
import time
import zipfile
from pathlib import Path

import pytest
from support.text_blocks import block

from grader.batch.errors import BatchError
from grader.batch.intake import read_source
from grader.batch.intake.match import ATTEMPTS
from grader.batch.intake.quotas import STUDENT
from grader.batch.names import natural
from grader.course.loading import Course
from grader.course.unreadable import UnreadableSubmissionError

ROSTER = block("""
    id,name
    111,Ada
    222,Mallory
""")

TINY = Path(__file__).resolve().parents[1] / "courses" / "tiny"
CODE = block("""
    def double(x):
        return 2 * x
""").encode()
MIB = 2**20
MOODLE = "_assignsubmission_file"


def zipped(path, names):
    files = names if isinstance(names, dict) else dict.fromkeys(names, CODE)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return path


@pytest.fixture
def taken(tmp_path):
    def take(names, asked=(), roster=None):
        listed = None
        if roster is not None:
            listed = tmp_path / "roster.csv"
            listed.write_text(roster, encoding="utf-8")
        source = zipped(tmp_path / "class.zip", names)
        return read_source(source, Course(TINY), list(asked), listed)

    return take


def owners(intake):
    return {one.file: one.student for one in intake.handed}


def attempts(intake):
    return [(one.file, one.attempt) for one in intake.handed]


def reasons(intake):
    return {one.file: one.reason for one in intake.unmatched}


# Whose a file is

ADA = f"Ada_111{MOODLE}_ex01.py"
CLASS = [f"Student{n}_{n}{MOODLE}_ex01.py" for n in range(500, 505)]


@pytest.mark.parametrize(
    "name",
    [
        f"Mallory_222{MOODLE}_x_111{MOODLE}_zz_ex01.py",
        f"x_111{MOODLE}_222{MOODLE}_ex01.py",  # named so by a school that lets students choose
        f"x_111{MOODLE}_222{MOODLE}_x_111{MOODLE}_ex01.py",
        "Mallory_222_assignsubmission_file_x_111_assignsubmission_onlinetext",
    ],
)
def test_a_flat_name_of_two_students_is_graded_for_nobody(name, taken):
    intake = taken([ADA, *CLASS, name])
    assert owners(intake)[ADA] == "111"
    assert [one.attempt for one in intake.handed if one.student == "111"] == [1]
    assert reasons(intake) == {name: "batch.ambiguous_student"}
    assert "222" not in {one.id for one in intake.students}


def test_a_flat_name_that_tells_its_own_student_twice_is_that_student_s(taken):
    name = f"Mallory_222{MOODLE}_Mallory_222{MOODLE}_ex01.py"
    assert owners(taken([ADA, name])) == {ADA: "111", name: "222"}


@pytest.mark.parametrize("file", [f"x_111{MOODLE}_zz_ex01.py", f"x_111{MOODLE}/ex01.py"])
def test_a_student_s_folder_stays_theirs_whatever_lies_in_it(file, taken):
    names = [f"Ada_111{MOODLE}_/ex01.py", f"x_111{MOODLE}_222{MOODLE}/{file}"]
    assert sorted(owners(taken(names)).values()) == ["111", "222"]


def test_what_follows_moodle_s_words_is_no_folder_of_moodle_s(taken):
    odd = f"Mallory_222{MOODLE}_more/ex01.py"
    intake = taken([*(f"S_{n}{MOODLE}/ex01.py" for n in range(3)), odd])
    assert reasons(intake) == {odd: "batch.no_student"}


def test_a_name_of_moodle_s_in_a_canvas_download_changes_nothing(taken):
    honest = [f"student_{n}_{9000 + n}_ex01.py" for n in (111, 333, 444)]
    flood = [f"mallory_222_{n}_x_{n}{MOODLE}_ex01.py" for n in range(9100, 9110)]
    intake = taken([*honest, *flood])
    assert {one.student for one in intake.handed} == {"111", "222", "333", "444"}
    assert [one.student for one in intake.handed].count("222") == 1


def test_a_name_of_canvas_s_in_a_moodle_download_changes_nothing(taken):
    dated = f"Bob_112{MOODLE}_ex01_2026_11_20.py"
    intake = taken([ADA, dated, *(f"S_{n}{MOODLE}_ex01_1_2_.py" for n in range(5))])
    assert len({one.student for one in intake.handed}) == 7
    assert not intake.unmatched


@pytest.mark.parametrize(
    "name", [f"Mallory_222{MOODLE}_ex01.py", "mallory_222_903_ex01.py", "submission_metadata.yml"]
)
def test_one_name_does_not_turn_a_folder_into_a_download(name, taken):
    plain = [f"ex01_{owner}.py" for owner in ("Ada", "Bob", "Cy")]
    intake = taken([*plain, name])
    assert {"Ada", "Bob", "Cy"} <= set(owners(intake).values())


def test_what_the_teacher_left_in_a_download_is_listed(taken):
    moodle = [f"S_{n}{MOODLE}/ex01.py" for n in range(4)]
    feedback = [f"S_{n}_assignfeedback_file/ex01.py" for n in range(4)]
    intake = taken([*moodle, *feedback, "worksheet.csv", "notes/ex01.py"])
    assert list(owners(intake)) == moodle
    assert reasons(intake) == dict.fromkeys(
        [*feedback, "worksheet.csv", "notes/ex01.py"], "batch.no_student"
    )


def test_a_canvas_download_of_texts_written_online_is_one_all_the_same(taken):
    texts = [f"student_LATE_{n}_text.html" for n in range(5)]
    intake = taken(["ada_111_9001_ex01.py", "notes/ex01.py", *texts])
    assert owners(intake) == {"ada_111_9001_ex01.py": "111"}
    assert set(reasons(intake)) == {"notes/ex01.py", *texts}


@pytest.mark.parametrize(
    ("forged", "roster"),
    [
        ("mallory_222_903_x_111_9001_ex01.py", None),
        (
            "x_111_9_222_903_ex01.py",
            ROSTER,
        ),
        ("x_111_9_222_903_ex01.py", None),
    ],
)
def test_a_canvas_name_of_two_students_is_graded_for_nobody(forged, roster, taken):
    dated = "bob_112_902_ex01_2026_11_20.py"
    intake = taken(["ada_111_901_ex01.py", dated, forged], roster=roster)
    assert reasons(intake)[forged] == "batch.ambiguous_student"
    assert owners(intake)["ada_111_901_ex01.py"] == "111"
    assert (dated in owners(intake)) == (roster is None)


def test_a_student_s_folder_is_no_wrapper_of_somebody_else_s(taken):
    intake = taken(
        [f"Mallory/x_111{MOODLE}/ex01.py"],
        roster=ROSTER,
    )
    assert set(owners(intake).values()) == {"222"}


# Gradescope's metadata

OWN = b"""\
submission_1:
  :submitters:
  - :name: Ada
    :sid: '111'
Mallory:
  :submitters:
  - :name: Ada
    :sid: '111'
"""


@pytest.mark.parametrize("own", ["submission_metadata.yml", "Mallory/submission_metadata.yml"])
def test_a_student_s_own_metadata_are_a_file_like_any_other(own, taken):
    names = dict.fromkeys([f"{name}/ex01.py" for name in ("Ada", "Bob", "Mallory")], CODE)
    intake = taken({**names, own: OWN})
    assert list(owners(intake).values()) == ["Ada", "Bob", "Mallory"]
    assert own in reasons(intake)


def test_metadata_that_tell_of_other_folders_are_not_believed(taken):
    intake = taken({"submission_metadata.yml": OWN, "submission_7/ex01.py": CODE})
    assert set(owners(intake).values()) == {"submission_7"}


def test_metadata_are_read_up_to_a_limit(taken):
    with pytest.raises(BatchError, match=r"batch.metadata"):
        taken({"submission_metadata.yml": b" " * (65 * MIB), "submission_1/ex01.py": CODE})


def test_a_student_s_own_metadata_are_read_no_further_than_any_answer(taken):
    own = "Mallory/ex02/submission_metadata.yml"
    (mallory,) = taken({own: b" " * (2 * MIB), "Bob/notes.txt": b""}, ["ex02"]).handed[-1:]
    with pytest.raises(UnreadableSubmissionError, match=r"read.too_large"):
        mallory.read()


# Many files

GRADESCOPE = b"""\
submission_1:
  :submitters:
  - :name: Ada
    :sid: '7'
  :history: [a, b]
submission_2:
  :submitters:
  - :name: Ada
    :sid: '7'
  :history: [a, b]
"""


def test_files_of_one_upload_are_one_attempt(taken):
    lies = f"Ada_1{MOODLE}/"
    intake = taken([lies + name for name in ("ex01_v9.py", "ex01.py", "ex01_v10.py")])
    assert attempts(intake) == [(lies + "ex01_v10.py", 1)]
    assert reasons(intake) == dict.fromkeys(
        [lies + "ex01.py", lies + "ex01_v9.py"], "batch.same_upload"
    )


def test_two_submissions_of_gradescope_are_two_attempts(taken):
    files = dict.fromkeys(
        ["submission_1/ex01.py", "submission_1/ex01_b.py", "submission_2/ex01.py"], CODE
    )
    intake = taken({"submission_metadata.yml": GRADESCOPE, **files})
    assert attempts(intake) == [("submission_1/ex01_b.py", 3), ("submission_2/ex01.py", 4)]
    assert reasons(intake) == {"submission_1/ex01.py": "batch.same_upload"}


def test_canvas_s_own_count_says_which_file_came_last(taken):
    names = ["ada_1_901_ex01-7.py", "ada_1_902_ex01-1.py", "ada_1_1000_ex01.py"]
    assert attempts(taken(names)) == [(name, 8 + at) for at, name in enumerate(names)]
    assert attempts(taken(["ada_1_901_ex01-998.py", "bob_2_902_ex01-1.py"])) == [
        ("ada_1_901_ex01-998.py", 1),
        ("bob_2_902_ex01-1.py", 2),
    ]


def test_many_files_in_a_student_s_own_folder_are_one_try(taken):
    names = [f"Ada/ex01 ({number}).py" for number in range(1, 31)]
    intake = taken([*names, "Ada/ex01.py", "Bob/ex01.py"])
    assert attempts(intake) == [("Ada/ex01 (30).py", 1), ("Bob/ex01.py", 1)]
    assert set(reasons(intake).values()) == {"batch.same_upload"}
    assert len(intake.unmatched) == 30


def test_of_many_versions_the_newest_are_graded(taken):
    names = [f"{name}/{number}/ex01.py" for name in ("Ada", "Bob") for number in range(1, 31)]
    intake = taken(names)
    assert [one.attempt for one in intake.handed] == [*range(31 - ATTEMPTS, 31)] * 2
    assert set(reasons(intake).values()) == {"batch.too_many_files"}


def test_names_are_sorted_as_people_count():
    names = ["ex01", "ex01 (2)", "ex01 (10)", "ex01 v9", "ex01_v10", "ex2", "ex010", "a" * 9]
    names += ["ex" + "9" * 5000, "ex" + "9" * 5001]
    shuffled = random.Random(1).sample(names, len(names))  # noqa: S311 - an order, no secret
    expected = ["a" * 9, *names[:5], "ex2", "ex010", *names[-2:]]
    assert sorted(shuffled, key=natural) == expected


def test_one_student_s_flood_costs_the_class_nothing(taken, monkeypatch):
    monkeypatch.setattr("grader.batch.intake.quotas.CLASS", STUDENT + 2)
    flood = [f"Mallory/a/{number}.py" for number in range(4_000)]
    flood += [f"Mallory/a/{number}.txt" for number in range(4_000)]
    began = time.process_time()
    intake = taken(["Ada/ex01.py", "Bob.py", *flood, "Mallory/ex01.py"], ["ex01"])
    assert time.process_time() - began < 5
    assert {one.student for one in intake.handed} == {"Ada", "Bob", "Mallory"}
    assert owners(intake)["Mallory/ex01.py"] == "Mallory"
    assert len(intake.handed) + len(intake.unmatched) == 8_003
    assert list(reasons(intake).values()).count("batch.too_many_files") == 8_001 - STUDENT


def test_thousands_of_answers_are_sorted_out_soon(taken, monkeypatch):
    monkeypatch.setattr("grader.batch.intake.quotas.STUDENT", 20_000)
    flood = [f"Mallory/ex01_{number}.{end}" for number in range(5_000) for end in ("py", "txt")]
    began = time.process_time()
    intake = taken(["Ada/ex01.py", *flood])
    assert time.process_time() - began < 8
    assert len(intake.handed) == 2


def test_names_of_two_students_take_no_place_of_the_one_they_tell(taken, monkeypatch):
    monkeypatch.setattr("grader.batch.intake.quotas.STUDENT", 3)
    forged = [f"x_111{MOODLE}_222{MOODLE}_ex01_{number}.py" for number in range(9)]
    intake = taken([ADA, *CLASS, *forged])
    assert owners(intake)[ADA] == "111"
    assert {reasons(intake)[name] for name in forged} == {
        "batch.ambiguous_student",
        "batch.too_many_files",
    }


def test_a_class_with_too_many_files_is_told(taken, monkeypatch):
    monkeypatch.setattr("grader.batch.intake.quotas.CLASS", 3)
    with pytest.raises(BatchError, match=r"batch.too_many"):
        taken([f"{number}/ex01.py" for number in range(4)])


# Bombs


@pytest.mark.parametrize("name", ["Mallory/data{}.csv", "Mallory/{}/ex01.ipynb", "Mallory/{}.py"])
def test_one_student_s_bombs_do_not_refuse_the_class(name, taken):
    bombs = {name.format(number): bytes(16 * MIB) for number in range(18)}
    intake = taken({**bombs, "Ada/ex01.py": CODE})
    assert owners(intake)["Ada/ex01.py"] == "Ada"
    assert len(intake.handed) + len(intake.unmatched) == 19


def test_a_student_whom_no_gradebook_could_keep_is_listed(taken):
    long, usual = "a" * 256, "b" * 255
    intake = taken([f"{long}/ex01.py", f"{usual}/ex01.py"])
    assert [one.student for one in intake.handed] == [usual]
    assert reasons(intake) == {f"{long}/ex01.py": "batch.long_student"}
    assert [student.id for student in intake.students] == [usual]
