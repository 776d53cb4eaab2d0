"""What `benchmarks/batch.py` grades and counts: classes, rows, CPU time of all processes."""

import collections
import itertools
import subprocess
import sys
from pathlib import Path

import pytest

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"
sys.path.insert(0, str(BENCHMARKS))

import against  # noqa: E402 - found by the line above
import classes  # noqa: E402

ORPHAN = """
import subprocess, sys, trees
BURN = "import time\\nwhile time.process_time() < 1.5: pass"
START = "import subprocess, sys; subprocess.Popen([sys.executable, '-c', sys.argv[1]])"
trees.adopt_orphans()
subprocess.run([sys.executable, "-c", START, BURN], check=True)
trees.wait_for_orphans()
print(trees._cpu_of_children())
"""


@pytest.mark.parametrize("name", classes.EXERCISES)
def test_a_class_repeats_a_source_only_when_all_of_its_kind_were_dealt(name):
    right, wrong = (set(texts) for texts in classes.answers(name))
    assert min(len(right), len(wrong)) >= classes.LEAST
    assert not right & wrong
    dealt = list(itertools.islice(classes.dealt(name), 5 * classes.LEAST))
    assert dealt == list(itertools.islice(classes.dealt(name), 5 * classes.LEAST))
    assert sum(text in right for text in dealt) == 3 * classes.LEAST
    for texts in (right, wrong):
        times = collections.Counter(text for text in dealt if text in texts)
        assert len(times) == min(len(texts), times.total())
        assert max(times.values()) - min(times.values()) <= 1


def test_files_of_a_class_all_differ(tmp_path):
    files = classes.write_class(tmp_path, 600, ("ex11",))
    assert len({file.read_bytes() for file in files}) == 600


@pytest.mark.slow
@pytest.mark.parametrize("name", classes.EXERCISES)
def test_answers_are_what_they_are_dealt_as(name):
    assert classes.misjudged(name) == {"right": [], "wrong": []}


def test_of_rates_more_is_better_and_of_costs_less():
    rate, cost = against.ROWS["ex11"], against.ROWS["first_verdict"]
    assert [rate.is_reached(1.69), rate.is_reached(1.7)] == [False, True]
    assert [cost.is_reached(0.71), cost.is_reached(0.7)] == [False, True]
    assert [rate.is_worse(0.96, 0.97), rate.is_worse(0.97, 0.97)] == [True, False]
    assert [cost.is_worse(1.04, 0.97), cost.is_worse(1.03, 0.97)] == [True, False]


def test_a_row_without_an_aim_can_only_become_worse():
    found = {"ex15": {"ratio": 0.9}, "cold_list": {"ratio": 1.0}}
    result = against.judged(found, 0.97)
    assert (result["not_reached"], result["worse"]) == ([], ["ex15"])


def test_cpu_time_of_a_process_whose_parent_did_not_wait_is_counted():
    command = [sys.executable, "-c", ORPHAN]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=BENCHMARKS)
    assert float(done.stdout) >= 1.5
