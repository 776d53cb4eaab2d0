"""Functions of the judge that a process may have evaluated, and what it may not."""

import time

import pytest
from support.puppet import SHORT
from support.text_blocks import block

from grader.judge.processes.outcomes import (
    Malformed,
    TimedOut,
    TooManyCallbacks,
)
from grader.wire.values import Callback


def ask(number="0", args="items(2.0)", kwargs="pairs()"):
    return f"say('ask', n, items({number}, {args}, {kwargs}))\n"


def with_square(conversation, **options):
    calls = []

    def square(x):
        calls.append(x)
        return x * x

    outcome = conversation.ask([Callback(0)], callbacks=[square], **options)
    return outcome, calls


def test_a_question_is_answered_and_counted(speak):
    conversation = speak(f"n = heard()['id']\n{ask()}say('done', n, done(heard()['v']))\nheard()")
    outcome, calls = with_square(conversation)
    assert (outcome.value, calls) == (4.0, [2.0])


FORGED_QUESTIONS = {
    "number 1 of 1": ask("1"),
    "number -1": ask("-1"),
    "a number out of range": ask("2**62"),
    "a number that is text": ask("'0'"),
    "a number that is none": ask("None"),
    "arguments that are no list": ask(args="3"),
    "keywords that are no mapping": ask(kwargs="items()"),
    "too little": "say('ask', n, items(0))\n",
    "nothing": "say('ask', n)\n",
    "the id of another question": "n += 1\n" + ask(),
}


@pytest.mark.parametrize("script", FORGED_QUESTIONS.values(), ids=FORGED_QUESTIONS)
def test_a_forged_question_is_malformed_and_calls_nothing(speak, script):
    outcome, calls = with_square(speak(f"n = heard()['id']\n{script}heard()"))
    assert isinstance(outcome, Malformed)
    assert calls == []


def test_a_question_where_no_function_was_lent_is_malformed(speak):
    assert isinstance(speak(f"n = heard()['id']\n{ask()}heard()").ask(), Malformed)


@pytest.mark.parametrize(
    "question",
    [
        ask(args="items('text')"),
        ask(args="items(None)"),
        ask(args="items()"),
        ask(args="items(1, 2, 3)"),
        ask(kwargs="pairs(y=3)"),
        ask(kwargs="{'$': 'd', 'v': [[1, 2]]}"),
        ask(args="items({'$': 'x', 'v': 'Value'})"),
    ],
)
def test_a_function_that_cannot_be_evaluated_is_refused_and_nothing_breaks(speak, question):
    conversation = speak(
        f"n = heard()['id']\n{question}say('done', n, done(heard()['op']))\nheard()"
    )
    outcome, _ = with_square(conversation)
    assert outcome.value == "refuse"


def test_asking_too_often_ends_the_call(speak):
    conversation = speak(f"n = heard()['id']\nfor _ in range(6):\n    {ask()}    heard()\nheard()")
    outcome, calls = with_square(conversation)
    assert outcome == TooManyCallbacks(5)
    assert len(calls) == 5


def test_asking_without_listening_ends_by_the_limits(speak):
    conversation = speak(f"n = heard()['id']\nwhile True: {ask()}", callbacks=10**9)
    outcome, _ = with_square(conversation, limit=SHORT)
    assert isinstance(outcome, TimedOut)


def test_time_that_the_judge_needs_for_its_function_is_not_the_process_s(speak):
    conversation = speak(f"n = heard()['id']\n{ask()}heard()\nsay('done', n, done(1))\nheard()")

    def slow(_):
        time.sleep(6 * SHORT)

    assert conversation.ask(limit=SHORT, callbacks=[slow]).value == 1


def test_what_the_judge_computes_for_its_function_is_charged(speak):
    conversation = speak(f"n = heard()['id']\nwhile True: {ask()}heard()", callbacks=10**9)

    def computing(_):
        end = time.process_time() + SHORT / 4
        while time.process_time() < end:
            pass

    outcome = conversation.ask(limit=SHORT, callbacks=[computing])
    assert outcome == TimedOut(SHORT, waiting=False)
    assert conversation.meter.charge() >= SHORT


def test_a_flood_of_questions_that_are_slow_to_read_ends_by_the_limits(speak):
    conversation = speak(
        block(f"""
            import threading
            n = heard()['id']
            threading.Thread(target=lambda: [sock.recv(1 << 16) for _ in iter(int, 1)]).start()
            while True: {ask(args="items(items(*range(4000)))")}"""),
        callbacks=10**9,
    )
    outcome, calls = with_square(conversation, limit=SHORT)
    assert isinstance(outcome, TimedOut)
    assert conversation.meter.answering > SHORT / 4
    assert len(calls) < 1000
