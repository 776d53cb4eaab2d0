"""What CodeRunner sends is understood, and what nobody should send is refused with a sentence."""

import base64
import hashlib
import json

import pytest
from support.jobe import run_spec

from grader.jobe.errors import RefusedError
from grader.jobe.file_cache import FileCache
from grader.jobe.protocol import Outcome, read_run, result

ASKED = {"exercise": "ex11", "lang": "fr", "code": "import numpy\n"}


def test_a_run_as_coderunner_sends_it():
    run = read_run(run_spec(ASKED, file_list=[["0" * 32, "helper.py"]], language_id="NNGrader"))
    assert (run.exercise, run.lang, run.code, run.student) == ("ex11", "fr", "import numpy\n", None)
    assert run.files == {"helper.py": "0" * 32}


def test_a_question_may_send_whose_attempt_it_is():
    assert read_run(run_spec({**ASKED, "student": 49})).student == "49"


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"", "the request"),
        (b"{", "the request"),
        (b"[]", "the request"),
        (b"\xff\xfe", "the request"),
        (b"[" * 100_000, "the request"),
        (b'{"run_spec": null}', "run_spec"),
        (b'{"run_spec": {"language_id": "nngrader"}}', "run_spec.sourcecode"),
        (run_spec(ASKED, language_id="python3"), "the language nngrader"),
        (run_spec(ASKED, sourcecode=7), "run_spec.sourcecode"),
        (run_spec(ASKED, file_list=[["../../etc/passwd", "x.py"]]), "MD5"),
        (run_spec(ASKED, file_list=[["0" * 32, "x.py"]] * 51), "run_spec.file_list"),
        (run_spec("print(1)"), "template"),
        (run_spec({"exercise": "ex11"}), "code"),
        (run_spec({**ASKED, "lang": "xx"}), "language"),
        (run_spec({**ASKED, "exercize": "ex11"}), "exercize"),
        (run_spec({**ASKED, "code": None}), "code"),
        (run_spec('{"exercise":"ex11","code":"\\ud800"}'), "template"),
        (run_spec({"exercise": "é" * 40, "ключ": 1}), "template"),
    ],
)
def test_what_is_no_run_is_refused_in_ascii(body, said):
    with pytest.raises(RefusedError) as caught:
        read_run(body)
    assert caught.value.status == 400
    assert said in caught.value.sentence
    assert caught.value.sentence.isascii()  # CodeRunner shows anything else as \uXXXX
    assert len(caught.value.sentence) < 300


def test_a_result_has_no_text_that_coderunner_takes_for_an_error():
    answer = result(Outcome.SUCCESS, {"fraction": 1.0})
    assert (answer["outcome"], answer["stderr"], answer["cmpinfo"]) == (15, "", "")
    assert json.loads(str(answer["stdout"])) == {"fraction": 1.0}
    assert result(Outcome.OVERLOAD)["outcome"] == 21


def put(cache, contents):
    id_ = hashlib.md5(contents, usedforsecurity=False).hexdigest()
    cache.put(id_, base64.b64encode(contents).decode())
    return id_


def test_files_used_longest_ago_are_forgotten_first():
    cache = FileCache(largest=10)
    first, second = put(cache, b"aaaa"), put(cache, b"bbbb")
    assert cache.get(first) == b"aaaa"
    third = put(cache, b"cccc")
    assert (first in cache, second in cache, third in cache) == (True, False, True)
    with pytest.raises(RefusedError) as caught:
        cache.get(second)
    assert caught.value.status == 404  # upon which CodeRunner sends it again


def test_a_file_sent_twice_counts_once():
    cache = FileCache(largest=10)
    put(cache, b"aaaa")
    put(cache, b"aaaa")
    assert cache.get(put(cache, b"bbbb")) == b"bbbb"
    assert put(cache, b"aaaa") in cache


def test_a_file_larger_than_all_room_is_not_kept():
    cache = FileCache(largest=10)
    small = put(cache, b"aaaa")
    assert put(cache, b"b" * 11) not in cache
    assert put(cache, b"aaaa") == small
    assert cache.get(small) == b"aaaa"


@pytest.mark.parametrize("coded", ["?", "YWFh YQ==", "YWFhYQ", "YWFhYg=="])
def test_a_file_is_what_its_id_says(coded):
    with pytest.raises(RefusedError) as caught:
        FileCache().put(hashlib.md5(b"aaaa", usedforsecurity=False).hexdigest(), coded)
    assert caught.value.status == 400
