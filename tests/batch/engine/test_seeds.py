"""What a report brings home answers no later hand-in; what was judged before keeps its inputs."""

import ast
import csv
import json
from pathlib import Path

import pytest
from support.text_blocks import block

pytest.importorskip("sqlalchemy")
from grader.batch.plan import BatchFolder, BatchRunError
from grader.batch.seeds import Seeds
from grader.gradebook.store import Store

pytestmark = pytest.mark.slow

TINY = Path(__file__).resolve().parents[2] / "courses" / "tiny"
OWN = ("--course", str(TINY), "--require-isolation", "own-code-only", "--jobs", "1")
RIGHT = block("""
    def double(x):
        return 2 * x
""")
HARVEST = """
import numpy as np

def double(x):
    a = np.asarray(x)
    print("SEEN", repr((a.dtype.str, a.shape, a.tobytes())))
    return 2 * x
"""
TABLE = """
import numpy as np

TABLE = {table!r}

def double(x):
    a = np.asarray(x)
    return np.frombuffer(TABLE[a.dtype.str, a.shape, a.tobytes()], a.dtype).reshape(a.shape)[()]
"""


def hand_in(grader, student, text):
    (grader.folder / "class" / student).mkdir(parents=True, exist_ok=True)
    grader.write(f"class/{student}/ex01.py", text)


def graded(grader, *options, out="out"):
    done = grader.run("batch", "class", "--out", out, *OWN, *options)
    assert done.returncode == 0, done.stderr
    with (grader.folder / out / "grades.csv").open(encoding="utf-8", newline="") as file:
        return {row["student_id"]: row["points"] for row in csv.DictReader(file)}


def seeds(grader, out="out"):
    reports = (grader.folder / out / "reports").glob("*/ex01-1.json")
    return {path.parent.name: json.loads(path.read_text("utf-8"))["seed"] for path in reports}


def table_from(report):
    """Write an answer that computes nothing: a table of the inputs that a report has printed."""
    import numpy as np  # noqa: PLC0415

    text = json.loads(report.read_text("utf-8"))["output"]["text"]
    table = {}
    for line in text.splitlines():
        if line.startswith("SEEN "):
            dtype, shape, raw = ast.literal_eval(line.removeprefix("SEEN "))
            table[dtype, shape, raw] = (2 * np.frombuffer(raw, dtype)).tobytes()
    assert table
    return TABLE.format(table=table)


@pytest.mark.parametrize("gradebook", [(), ("--gradebook", "class.sqlite")])
def test_a_table_made_from_feedback_earns_nothing(grader, gradebook):
    hand_in(grader, "eve", HARVEST)
    hand_in(grader, "ann", RIGHT)
    assert graded(grader, *gradebook) == {"eve": "4", "ann": "4"}
    first = seeds(grader)
    assert len(set(first.values())) == 1, "one run, one seed: a call is computed once for the class"
    hand_in(grader, "eve", table_from(grader.folder / "out/reports/eve/ex01-1.student.json"))
    assert graded(grader, *gradebook) == {"eve": "0", "ann": "4"}
    again = seeds(grader)
    assert again["ann"] == first["ann"]
    assert again["eve"] != first["eve"]


def test_the_same_table_in_another_folder_earns_nothing_either(grader):
    hand_in(grader, "eve", HARVEST)
    graded(grader, "--gradebook", "class.sqlite")
    hand_in(grader, "eve", table_from(grader.folder / "out/reports/eve/ex01-1.student.json"))
    assert graded(grader, "--gradebook", "class.sqlite", out="second") == {"eve": "0"}


def test_grading_one_file_for_marks_draws_from_a_secret(grader):
    grader.write("first.py", HARVEST)
    grade = ("grade", "ex01", "--course", str(TINY), "--audience", "teacher", "--json")
    done = grader.run(*grade, "first.py")
    grader.write("report.json", done.stdout)
    report = json.loads(done.stdout)
    assert report["reached"] == 4
    assert json.loads(grader.run(*grade, "first.py").stdout)["seed"] == report["seed"]
    grader.write("second.py", table_from(grader.folder / "report.json"))
    assert json.loads(grader.run(*grade, "second.py").stdout)["reached"] == 0
    replayed = grader.run(*grade, "second.py", "--seed", report["seed"])
    assert json.loads(replayed.stdout)["reached"] > 0, "the table is a good one"
    secret = Path(f"{grader.folder}-state") / "nn-grader" / "secret"
    assert secret.stat().st_mode & 0o777 == 0o600
    for_students = grader.run("report", "report.json", "--audience", "student", "--json")
    assert json.loads(for_students.stdout)["seed"] is None


def test_practice_draws_from_the_public_seed(grader):
    grader.write("ex01.py", RIGHT)
    done = grader.run("grade", "ex01", "--course", str(TINY), "--json")
    assert json.loads(done.stdout)["seed"] == 7


def test_where_no_secret_can_be_kept_inputs_are_new_each_time(grader):
    grader.write("ex01.py", RIGHT)
    grader.write("file", "")
    grade = ("grade", "ex01", "--course", str(TINY), "--audience", "teacher", "--json")
    drawn = {
        json.loads(grader.run(*grade, env={"XDG_STATE_HOME": f"{grader.folder}/file"}).stdout)[
            "seed"
        ]
        for _ in range(2)
    }
    assert len(drawn) == 2
    assert 7 not in drawn


def test_an_asked_for_seed_is_that_of_all(grader):
    hand_in(grader, "ann", RIGHT)
    graded(grader, "--seed", "5")
    hand_in(grader, "bob", RIGHT + "#\n")
    graded(grader, "--seed", "5")
    assert seeds(grader) == {"ann": 5, "bob": 5}
    hand_in(grader, "cid", RIGHT + "##\n")
    graded(grader)
    assert seeds(grader)["ann"] == 5, "what was judged keeps its seed"
    assert seeds(grader)["cid"] != 5


@pytest.fixture
def folder(tmp_path):
    made = BatchFolder(tmp_path / "out")
    yield made
    made.close()


def test_an_interrupted_run_goes_on_with_its_seed(folder):
    first = Seeds(folder)
    folder.note(first.seed)
    second = Seeds(folder)
    assert second.seed == first.seed
    second.of("one")
    second.end()
    third = Seeds(folder)
    assert third.seed != first.seed
    assert (third.of("one"), third.of("two")) == (first.seed, third.seed)


def test_a_folder_of_an_older_version_draws_anew(folder):
    (folder.folder / "batch.json").write_text('{"version": 1, "seed": 3}')
    assert Seeds(folder).seed != 3


def test_lost_seeds_are_never_used_again(folder):
    first = Seeds(folder)
    folder.note(first.seed)
    first.of("one")
    first.end()
    (folder.folder / "seeds.json").unlink()
    assert Seeds(folder).of("one") != first.seed


@pytest.mark.parametrize("text", ["[]", "{", '{"a": "b"}', '{"a": -1}'])
def test_damaged_seeds_are_told(folder, text):
    (folder.folder / "seeds.json").write_text(text)
    with pytest.raises(BatchRunError, match="settings"):
        Seeds(folder)


def test_two_batches_at_a_time_share_the_seed_of_a_gradebook(tmp_path, folder):
    with Store.open(tmp_path / "class.sqlite") as store:
        other = BatchFolder(tmp_path / "other")
        first, second = Seeds(folder, store), Seeds(other, store)
        assert first.seed == second.seed
        folder.note(first.seed)
        first.end()
        third = Seeds(folder, store)
        assert third.seed != first.seed
        other.note(second.seed)
        second.end()
        assert store.open_seed() == third.seed, "an older run ends its own seed alone"
        other.close()
