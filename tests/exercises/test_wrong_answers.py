"""Wrong answers as students write them: no mistake is given a name that is not its own."""

import re
from pathlib import Path

import pytest

from grader.course.loading import Course
from grader.judge.reading.submission import read_bytes
from grader.judge.run import Judge, Options

ROOT = Path(__file__).parents[2]
TEXTS = sorted((Path(__file__).parent / "wrong").glob("ex*.txt"))
HEAD = re.compile(r"^=== (.+?)(?:: (.+))?\n", re.MULTILINE)
EDIT = re.compile(r"^<<< (.*\n)>>> ?((?:.*\n)(?:(?!<<< ).*\n)*)", re.MULTILINE)
SEEDS = (None, 1, 6)


def answers(path):
    """Yield each answer of a file: what it does, the names that are true of it, its source.

    `-` stands for no name; a fact (`observation.zeros`) may be told, and need not. Where the first
    one is "the base", the others are edits of it.
    """
    parts = HEAD.split(path.read_text(encoding="utf-8"))[1:]
    base = ""
    for title, names, body in zip(parts[0::3], parts[1::3], parts[2::3], strict=True):
        if names is None:
            base = body
            continue
        yield title, set(names.split(", ")) - {"-"}, edited(base, body) if base else body


def edited(base, edits):
    for old, new in EDIT.findall(edits + "\n"):
        assert old.rstrip("\n") in base, old
        base = base.replace(old.rstrip("\n"), new.rstrip("\n"))
    return base


def test_there_are_many():
    assert sum(len(list(answers(path))) for path in TEXTS) >= 100


def named(judge, sources):
    """The names that each source is given, check by check."""
    submissions = [read_bytes(source.encode(), "answer.py", "code") for source in sources]
    for judged in judge.judge_all(submissions):
        failing = [c for c in judged.report.checks if c.status in {"failed", "error"}]
        yield {check.id: names(check) for check in failing}


def names(check):
    observed = check.observation if is_fact(check.observation or "") else None
    return set(filter(None, [check.misconception, observed]))


def is_fact(name):
    """Tell whether a name is that of a general observation: those of an exercise come first."""
    return name.startswith(("transform.", "observation."))


@pytest.mark.slow
@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_no_mistake_is_called_by_another_s_name(path):
    known = list(answers(path))
    unwanted, missing = [], []
    with Judge(Course(ROOT).exercise(path.stem)) as judge:
        for seed in SEEDS:
            judge.options = Options(seed=seed)
            for (title, true, _), found in zip(
                known, named(judge, [source for *_, source in known]), strict=True
            ):
                assert found, f"{title} passes"
                wrong = {check: sorted(said - true) for check, said in found.items() if said - true}
                unwanted += [(title, seed, wrong)] if wrong else []
                missing += [
                    (title, seed, n)
                    for n in sorted(true - set().union(*found.values()))
                    if not is_fact(n)
                ]
    assert not unwanted
    assert not missing
