"""A batch that also writes a gradebook."""

import contextlib
import json
from dataclasses import replace
from pathlib import Path

import pytest
from support.text_blocks import block

pytest.importorskip("sqlalchemy")
import grader.batch.recorder as recorder_module
from grader.batch.recorder import Recorder
from grader.gradebook import engine
from grader.gradebook.errors import GradebookBusyError, GradebookUnavailableError
from grader.gradebook.store import Store

pytestmark = pytest.mark.slow

TINY = Path(__file__).resolve().parents[2] / "courses" / "tiny"
OWN = ("--course", str(TINY), "--require-isolation", "own-code-only", "--jobs", "1")
RIGHT = block("""
    def double(x):
        return 2 * x
""")
SQUARED = block("""
    def double(x):
        return x ** 2
""")


@pytest.fixture
def store(tmp_path):
    with Store.open(tmp_path / "gradebook.sqlite") as store:
        yield store


def recorded(tiny, store, *submissions, lang="en"):
    """Grade and record, as the command does."""
    planned = tiny.entries(submissions)
    recorder = Recorder(store)
    graded = tiny.run(planned, lang=lang, recorded=recorder.entry_judged)
    recorder.flush()
    return graded


def test_every_attempt_is_recorded_once(tiny, store):
    submissions = (("a", "ex01", RIGHT), ("b", "ex01", SQUARED))
    recorded(tiny, store, *submissions)
    recorded(tiny, store, *submissions, lang="fr")
    attempts = store.attempts()
    assert {(each.student, each.attempt) for each in attempts} == {("a", 1), ("b", 1)}
    assert all(not store.history(name).changes for name in "ab")
    assert store.submission(attempts[0]).data == RIGHT.encode()


def test_of_files_that_a_source_only_counts_the_last_batch_s_count(tiny, store, monkeypatch):
    monkeypatch.setattr(recorder_module, "AT_ONCE", 1)

    def batch(*texts):
        planned = tiny.entries([("a", "ex01", text) for text in texts])
        for number, entry in enumerate(planned, 1):
            handed = replace(entry.handed, attempt=number, submitted_at=None)
            planned[number - 1] = replace(entry, handed=handed)
        recorder = Recorder(store)
        tiny.run(planned, recorded=recorder.entry_judged)
        recorder.flush()
        return store.grade("a", "ex01").points

    assert batch("x = 1", SQUARED) == 0
    assert batch(RIGHT) == 4
    assert batch(RIGHT, SQUARED) == 0
    assert sorted(attempt.seen for attempt in store.attempts()) == [1, 3, 3]
    assert batch(RIGHT) == 4
    assert batch(SQUARED, RIGHT) == 4


def test_what_a_stopped_run_did_not_record_the_next_one_does(tiny, store):
    tiny.grade(("a", "ex01", RIGHT))
    graded = recorded(tiny, store, ("a", "ex01", RIGHT))
    assert graded.judged == 0
    assert len(store.attempts()) == 1


@pytest.mark.parametrize("outage", ["gone", "locked"])
def test_a_gradebook_that_goes_away_ends_the_run_and_the_next_one_records_all(
    tiny, store, monkeypatch, outage
):
    monkeypatch.setattr(recorder_module, "AT_ONCE", 2)
    monkeypatch.setattr(engine, "PATIENCE", 1)
    file = tiny.folder / "gradebook.sqlite"
    submissions = [(f"s{number}", "ex01", f"{RIGHT}# {number}\n") for number in range(8)]
    rows = []

    with contextlib.ExitStack() as away, Store.open(file) as impatient:

        def told(*_):
            rows.append(1)
            if len(rows) == 3 and outage == "gone":
                file.rename(file.with_suffix(".moved"))
                away.callback(file.with_suffix(".moved").rename, file)
            elif len(rows) == 3:
                away.enter_context(store.transaction())
                store.add_student("somebody", "else")

        recorder = Recorder(impatient)
        with pytest.raises(GradebookUnavailableError if outage == "gone" else GradebookBusyError):
            tiny.run(tiny.entries(submissions), recorded=recorder.entry_judged, told=told)
    assert len(rows) < len(submissions)
    assert len(store.attempts()) == 2
    graded = recorded(tiny, store, *submissions)
    assert graded.judged < len(submissions)
    assert len(store.attempts()) == len(submissions)


def test_the_command_takes_the_seed_of_the_gradebook(grader, store):
    (grader.folder / "class" / "ann").mkdir(parents=True)
    grader.write("class/ann/ex01.py", RIGHT)
    options = ("--out", "out", "--gradebook", "gradebook.sqlite", *OWN)
    done = grader.run("batch", "class", *options)
    assert done.returncode == 0, done.stderr
    noted = json.loads((grader.folder / "out" / "batch.json").read_text("utf-8"))
    assert noted["seed"] == store.seed
    assert [each.student for each in store.attempts()] == ["ann"]
