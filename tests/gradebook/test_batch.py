"""A batch whose gradebook goes away in the middle: nothing is lost, the same command goes on."""

import csv
import json
import os
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest
from support.text_blocks import block

pytestmark = pytest.mark.slow

TINY = Path(__file__).resolve().parents[1] / "courses" / "tiny"
SLOW = block("""
    import time


    def double(x):
        time.sleep(0.05)
        return 2 * x
""")
NUMBER = 8
ALL = {f"s{number}": "4" for number in range(NUMBER)}
BATCH = (
    *("batch", "class", "--out", "out", "--course", str(TINY)),
    *("--require-isolation", "own-code-only", "--jobs", "1"),
)


@pytest.fixture
def handed_in(grader):
    """A class in the current folder of the program."""
    for number in range(NUMBER):
        mine = grader.folder / "class" / f"s{number}"
        mine.mkdir(parents=True)
        (mine / "ex01.py").write_text(f"{SLOW}# {number}\n")
    return grader


def results(grader):
    return list((grader.folder / "out" / "results").rglob("*.json"))


def points(file):
    with file.open(encoding="utf-8", newline="") as lines:
        return {row["student_id"]: row["points"] for row in csv.DictReader(lines)}


@pytest.mark.slow
def test_a_server_that_is_stopped_ends_the_batch_with_a_sentence(handed_in, server):
    grader, url = handed_in, server.database()
    command = [sys.executable, "-P", "-m", "grader", *BATCH, "--gradebook", url, "--lang", "fr"]
    kept = {k: v for k, v in os.environ.items() if not k.startswith("GRADER_")}
    with subprocess.Popen(
        command,
        cwd=grader.folder,
        env=kept,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            while not results(grader):
                time.sleep(0.02)
                assert process.poll() is None, process.communicate()
            server.kill()
            said, told = process.communicate(timeout=300)
        finally:
            server.start()
    assert process.returncode == 3
    assert "est inaccessible" in told
    assert "relancez la même commande" in told
    assert "Traceback" not in told + said
    before = len(results(grader))

    again = grader.run(*BATCH, "--gradebook", url, "--json")
    assert again.returncode == 0, again.stderr
    assert json.loads(again.stdout)["judged"] == NUMBER - before
    grader.run("gradebook", "csv", "--gradebook", url, "--out", "grades.csv")
    assert points(grader.folder / "grades.csv") == ALL


@pytest.mark.slow
def test_the_file_to_import_follows_policy_and_marks(grader):
    (grader.folder / "class" / "ann").mkdir(parents=True)
    grader.write(
        "class/ann/ex01.py",
        RIGHT,
    )
    to_canvas = (*BATCH, "--gradebook", "class.sqlite", "--format", "canvas")

    def imported():
        done = grader.run(*to_canvas)
        assert done.returncode == 0, done.stderr
        return (grader.folder / "out" / "canvas.csv").read_text("utf-8").splitlines()[-1]

    assert imported() == '"ann","ann","","","","4"'
    grader.write(
        "class/ann/ex01.py",
        block("""
            def double(x):
                pass
        """),
    )
    assert imported() == '"ann","ann","","","","0"'
    grader.run("gradebook", "policy", "best", "--gradebook", "class.sqlite")
    assert imported() == '"ann","ann","","","","4"'
    options = ("--reason", "oral", "--gradebook", "class.sqlite", "--course", TINY)
    grader.run("gradebook", "mark", "ann", "ex01", "2.5", *options)
    assert imported() == '"ann","ann","","","","2.5"'


@pytest.mark.slow
def test_guesses_in_one_folder_are_no_attempts_of_which_the_best_counts(grader):
    (grader.folder / "class" / "ann").mkdir(parents=True)
    grader.write(
        "class/ann/ex01_v1.py",
        RIGHT,
    )
    grader.write(
        "class/ann/ex01_v2.py",
        block("""
            def double(x):
                return x
        """),
    )
    grader.run("gradebook", "policy", "best", "--gradebook", "class.sqlite")
    done = grader.run(*BATCH, "--gradebook", "class.sqlite")
    assert done.returncode == 0, done.stderr
    shown = grader.run("gradebook", "show", "--gradebook", "class.sqlite").stdout
    assert "ex01  0 of 4" in shown


WORKSHEET = """\
Identifier,Full name,Email address,Grade,Maximum grade,Last modified (grade)
Participant 12,Ann,ann@x.org,,4.00,-
"""
RIGHT = block("""
    def double(x):
        return 2 * x
""")
WRONG = block("""
    def double(x):
        return x ** 2
""")


def test_who_hands_in_the_right_file_again_has_its_points_in_the_lms(grader):
    folder = grader.folder / "class" / "Ann_12_assignsubmission_file"
    folder.mkdir(parents=True)
    grader.write("worksheet.csv", WORKSHEET)
    for text, points in ((RIGHT, "4"), (WRONG, "0"), (RIGHT, "4"), (RIGHT, "4")):
        (folder / "ex01.py").write_text(text)
        to_moodle = ("--format", "moodle", "--template", "worksheet.csv")
        done = grader.run(*BATCH, "--gradebook", "class.sqlite", *to_moodle)
        assert done.returncode == 0, done.stderr
        line = (grader.folder / "out" / "moodle.csv").read_text("utf-8").splitlines()[1]
        assert line == f'"Participant 12","{points}","-"'
    told = grader.run("gradebook", "history", "ann@x.org", "--gradebook", "class.sqlite").stdout
    assert [line.split("  ")[4] for line in told.splitlines()[1:]] == ["0 of 4", "4 of 4"]


def test_an_id_that_is_too_long_is_told_before_anything_is_judged(grader):
    with zipfile.ZipFile(grader.folder / "class.zip", "w") as archive:
        archive.writestr("ann/ex01.py", RIGHT)
    grader.write(
        "class.csv",
        block(f"""
            id,name
            ann,Ann
            {"山" * 300},Bo
        """),
    )
    options = ("--roster", "class.csv", "--gradebook", "class.sqlite", "--lang", "ru")
    done = grader.run("batch", "class.zip", *BATCH[2:], *options)
    assert (done.returncode, done.stdout) == (2, "")
    assert "Символов в нём: 300, а журнал принимает не больше 255." in done.stderr
    assert results(grader) == []


# The disk is full from the first stored result on; then there is room again.
FULL = """\
mount -t tmpfs -o size=1m none small || exit
{batch} &
while kill -0 $! && [ -z "$(find {out}/results -name '*.json')" ]; do sleep 0.05; done 2>/dev/null
cat /dev/zero > small/filler
wait $!; echo code $?
rm small/filler
{batch} --json > summary.json; echo code $?
{grader} gradebook csv --gradebook {gradebook} --out grades.csv
"""


@pytest.mark.parametrize(
    ("full", "code", "sentence"),
    [
        ("out", 2, "cannot be written: the disk is full"),
        pytest.param("gradebook", 3, "the disk is full", marks=pytest.mark.slow),
    ],
)
def test_a_disk_that_fills_up_loses_nothing(handed_in, full, code, sentence):
    folder = handed_in.folder
    (folder / "small").mkdir()
    out = "small/out" if full == "out" else "out"
    gradebook = "small/class.sqlite" if full == "gradebook" else "class.sqlite"
    program = f"{sys.executable} -P -m grader"
    options = [out if one == "out" else one for one in BATCH]
    batch = " ".join([program, *options, "--gradebook", gradebook])
    script = FULL.format(batch=batch, out=out, grader=program, gradebook=gradebook)
    done = subprocess.run(
        ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c", script],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "GRADER_LANG": "en"},
    )
    if "unshare" in done.stderr or "mount:" in done.stderr:
        pytest.skip("no file system of our own can be made here")
    assert sentence in done.stderr, done.stderr
    assert [line for line in done.stdout.splitlines() if line.startswith("code")] == [
        f"code {code}",
        "code 0",
    ]
    assert json.loads((folder / "summary.json").read_text())["judged"] < NUMBER
    assert points(folder / "grades.csv") == ALL
