"""Parts of a cluster that need none: addresses, sizes of chunks, what workers say of themselves."""

import pytest

from grader.batch.cluster.chunks import FIRST, LARGEST, chunk_size
from grader.batch.cluster.errors import LEFT_OUT, PROBLEMS, ClusterError, left_out
from grader.batch.cluster.settings import cluster_at
from grader.batch.cluster.worker_facts import WorkerFacts, environment, odd_ones, versions_here
from grader.course.languages import LANGUAGES, Translator
from grader.version import __version__
from grader.wire.levels import FULL, KERNEL

HERE = versions_here()


def facts(versions=HERE, level=FULL, **more):
    return WorkerFacts("id", versions, level, **more)


def with_version(name, version):
    return tuple((one, version if one == name else old) for one, old in HERE)


def test_addresses():
    assert cluster_at("local:3").local_workers == 3
    assert cluster_at(" tcp://10.0.0.1:8786 ").address == "tcp://10.0.0.1:8786"
    assert cluster_at("tls://head.example.org:8786").local_workers == 0


@pytest.mark.parametrize(
    "text",
    ["", "local", "local:0", "local:-1", "local:x", "10.0.0.1:8786", "http://x:1", "tcp://x"],
)
def test_what_is_no_address_is_refused(text):
    with pytest.raises(ClusterError) as error:
        cluster_at(text)
    assert (error.value.id, error.value.is_fault) == ("cluster_address", False)


def test_chunks_follow_the_speed_of_their_worker():
    assert chunk_size(None, 1000, 2) == FIRST
    assert chunk_size(0.02, 1000, 2) == LARGEST
    assert chunk_size(1.0, 1000, 2) == 6
    assert chunk_size(60.0, 1000, 2) == 1


def test_the_last_submissions_are_shared_out():
    assert chunk_size(0.02, 40, 4) == 5
    assert chunk_size(0.02, 3, 4) == 1
    assert chunk_size(0.02, 0, 4) == 1


def test_facts_cross_the_network():
    some = facts(card=True)
    assert WorkerFacts.from_json(some.to_json()) == some
    broken = facts(level=None, fault="no fork")
    assert WorkerFacts.from_json(broken.to_json()) == broken


def test_workers_that_differ_are_named_with_what_differs():
    team = {
        "a": facts(),
        "b": facts(with_version("numpy", "1.0")),
        "c": facts(),
        "d": facts(with_version("nn-grader", "0.0.1")),
    }
    odd = odd_ones(team, __version__)
    assert odd.keys() == {"b", "d"}
    assert odd["b"].startswith("numpy 1.0 (")
    assert odd["d"] == f"nn-grader 0.0.1 ({__version__})"


def test_workers_that_agree_but_have_another_grader_than_ours_are_odd():
    team = {name: facts(with_version("nn-grader", "0.0.1")) for name in "ab"}
    assert odd_ones(team, __version__).keys() == {"a", "b"}


def test_results_depend_on_the_versions_of_the_workers_and_their_lowest_level():
    torch = with_version("torch", "–")
    found = environment([facts(torch), facts(torch, KERNEL)], 7)
    assert (found.seed, found.isolation) == (7, KERNEL)
    assert dict(found.libraries)["torch"] is None


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_problem_has_a_sentence(lang):
    t = Translator(lang)
    given = {
        "address": "tcp://h:1",
        "why": "OSError",
        "seconds": 60,
        "workers": "  w",
        "version": "1",
        "needed": "full",
    }
    for id_ in PROBLEMS:
        sentence = ClusterError(id_, **given).sentence(t)
        assert sentence
        assert "{{" not in sentence
    for reason in LEFT_OUT:
        assert "tcp://w" in left_out(reason, "tcp://w", "x").localised(t)
