"""What a run left behind and a disk has altered: made again or refused, never believed."""

import json
import random
from contextlib import closing

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings
from support import samples

from grader.batch.plan import SETTINGS, BatchFolder, BatchRunError
from grader.batch.result_cache import ResultCache

ROUNDS = 5 * settings().max_examples
KEY = "ab" * 32


@pytest.fixture
def results(tmp_path):
    return ResultCache(tmp_path)


def kept(results, report):
    results.put(KEY, report)
    return results.path(KEY)


@pytest.mark.parametrize("seed", range(2))
def test_an_altered_result_is_whole_or_none(seed, results, soon):
    draw = random.Random(seed)  # noqa: S311
    report = samples.mixed()
    path = kept(results, report)
    whole = path.read_bytes()
    for _ in range(ROUNDS):
        data = bytearray(whole)
        for _ in range(draw.randrange(1, 3)):
            at = draw.randrange(len(data))
            match draw.randrange(4):
                case 0:
                    data[at] = draw.randrange(256)
                case 1:
                    data[at : at + 1] = draw.choice([b"9", b"-", b"{", b"]", b'"', b"null", b"1e9"])
                case 2:
                    del data[at : at + draw.randrange(1, 30)]
                case 3:
                    del data[at:]
        path.write_bytes(data)
        with soon():
            found = results.get(KEY)
        if found is not None:
            assert 0 <= found.reached <= found.reachable <= found.maximum
            assert found.reached == sum(check.reached for check in found.checks)


def test_a_result_in_which_a_digit_has_changed_is_made_again(results):
    path = kept(results, samples.all_right())
    assert results.get(KEY) is not None
    whole = path.read_text(encoding="utf-8")
    for field in ("reached", "reachable", "maximum"):
        for value in ("9.0", "11.0", "-1.0", "NaN"):
            altered = whole.replace(f'"{field}":10.0', f'"{field}":{value}', 1)
            assert altered != whole
            path.write_text(altered, encoding="utf-8")
            found = results.get(KEY)
            assert found is None or found.reached == 10


@pytest.mark.parametrize("status", ["ungraded", "other", "passed"])
def test_what_is_never_kept_is_not_found(status, results):
    path = kept(results, samples.all_right())
    data = json.loads(path.read_bytes()) | {"status": status}
    path.write_text(json.dumps(data), encoding="utf-8")
    assert results.get(KEY) is None


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=5,
)
settings_files = (
    st.binary(max_size=40)
    | anything.map(lambda data: json.dumps(data).encode())
    | anything.map(lambda seed: json.dumps({"version": 1, "seed": seed}).encode())
    | st.sampled_from([b"[" * 100_000, b'{"seed":' + b"9" * 5000 + b"}", b'{"seed":', b"\xff\xfe"])
)


@given(settings_files)
def test_damaged_settings_are_refused_before_anything_is_judged(tmp_path_factory, data):
    folder = tmp_path_factory.getbasetemp() / "fuzzed settings"
    folder.mkdir(exist_ok=True)
    (folder / SETTINGS).write_bytes(data)
    with closing(BatchFolder(folder)) as batch:
        seed, problem = 0, "settings"
        try:
            seed = batch.seed(None)
        except BatchRunError as error:
            problem = error.id
    assert problem == "settings"
    assert type(seed) is int
    assert seed >= 0
