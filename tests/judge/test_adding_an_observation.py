"""A general observation is one file with one class: it is found, told and worded by itself."""

import subprocess
import sys

import numpy as np
import pytest

from grader.judge.feedback.observations.general import observed
from grader.judge.feedback.observations.own import Wrong
from grader.judge.processes.sandboxed_program import FunctionCall
from grader.observations import general, registry
from grader.report.messages import sentence

CUBE = '''
from grader.observations.mapped import MappedValues


class Cube(MappedValues):
    """The cube of each right value."""

    id = "observation.{id}"
    rank = {rank}
    message = "Each of your values is the cube of the right one."

    def image(self, right):
        """Return cubes."""
        return right**3
'''


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A folder whose files count as general observations, while the test runs."""
    known = (registry.general_observations, registry.observation_of)
    monkeypatch.setattr(general, "__path__", [*general.__path__, str(tmp_path)])
    for cached in known:
        cached.cache_clear()
    yield tmp_path
    for cached in known:
        cached.cache_clear()
    sys.modules.pop(f"{general.__name__}.cube", None)


def wrong(right):
    return Wrong(FunctionCall("call", "f", (right,), {}), right**3, right)


def test_a_file_with_a_class_is_all_there_is_to_it(folder):
    (folder / "cube.py").write_text(CUBE.format(id="cube", rank=5))
    rng = np.random.default_rng(1)
    told = observed({"test_a": [wrong(rng.normal(size=(4, 3))) for _ in range(3)]})
    assert [finding.id for finding in told["test_a"]] == ["observation.cube"]
    assert sentence("observation.cube", {}, "en") == (
        "Each of your values is the cube of the right one."
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "one observation is wanted, not 0"),
        (
            CUBE.format(id="cube", rank=5) + CUBE.format(id="two", rank=6).replace("Cube", "Two"),
            "wanted, not 2",
        ),
        (CUBE.format(id="zeros", rank=5), "several observations have observation.zeros"),
        (CUBE.format(id="cube", rank=10), "several observations have 10"),
        (CUBE.format(id="cube", rank=0), "the observation has no rank"),
        (CUBE.format(id="cube", rank=5).replace("message =", "words ="), "has no message"),
        (CUBE.format(id="cube", rank=5).replace("observation.", "seen."), "the id begins with"),
        (CUBE.format(id="cube", rank=5).replace("def image", "def other"), "wanted, not 0"),
    ],
)
def test_what_is_not_whole_is_refused(folder, text, said):
    (folder / "cube.py").write_text(text)
    with pytest.raises(TypeError, match=said):
        registry.general_observations()


ORDER = """
observation.zeros
observation.argument
observation.same
observation.truncated
observation.whole
observation.rounded
observation.float16
observation.absolute
observation.exp
observation.log
observation.square
observation.root
observation.reciprocal
observation.one_minus
observation.clipped_above
observation.clipped_below
transform.sign
transform.factor_n
transform.over_n
observation.factor_k
observation.over_k
transform.log2
transform.log10
transform.constant
observation.added
observation.proportional
observation.shape_only
transform.transposed
observation.mean_missing
observation.sum_missing
observation.mean_of_all
observation.sum_of_all
observation.other_axis
observation.reversed
observation.cumulative
observation.late
observation.early
observation.rows_reordered
observation.reordered
observation.but_last
observation.but_first
observation.first_only
observation.where_positive
observation.where_negative
"""


def test_a_sentence_of_anything_else_imports_no_numpy():
    told = "sentence('call.timeout', {'function': 'f', 'seconds': 2.0}, 'en')"
    seen = "import sys; assert 'numpy' not in sys.modules, 'imported'"
    code = f"from grader.report.messages import sentence; assert {told}; {seen}"
    subprocess.run([sys.executable, "-c", code], check=True)


def test_the_order_of_precedence():
    assert [one.id for one in registry.general_observations()] == ORDER.split()
