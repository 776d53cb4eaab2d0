"""Whatever a hostile process sends, a request ends in one outcome: no exception, no hang."""

import signal
from pathlib import Path

import numpy as np
import pytest
from support.puppet import LONG, SHORT
from support.text_blocks import block

from grader.judge.processes.conversation import Tail
from grader.judge.processes.outcomes import (
    Crashed,
    Malformed,
    OutOfMemory,
    Raised,
    Returned,
    TimedOut,
    TooLarge,
)

# -- honest answers -----------------------------------------------------------------------------


def test_an_answer_is_what_was_returned(speak):
    conversation = speak("say('done', heard()['id'], done(0.5)); heard()")
    outcome = conversation.ask()
    assert isinstance(outcome, Returned)
    assert (outcome.value, outcome.changed) == (0.5, {})


def test_a_greeting_before_the_first_answer_says_that_the_sandbox_stands(speak):
    conversation = speak("say('ready', 0); say('done', heard()['id'], done(1)); heard()")
    assert not conversation.ready
    assert conversation.ask().value == 1
    assert conversation.ready


def test_modified_arguments_come_back_by_their_index(speak):
    conversation = speak("say('done', heard()['id'], items(None, items(items(2, 7)))); heard()")
    assert conversation.ask().changed == {2: 7}


def test_an_answer_that_comes_byte_by_byte_is_an_answer(speak):
    conversation = speak(
        block("""
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 1)
            for byte in frame('done', heard()['id'], done(3)):
                sock.sendall(bytes([byte]))
                time.sleep(0.001)
            heard()
        """)
    )
    assert conversation.ask().value == 3


def test_request_after_request_is_answered(speak):
    conversation = speak("while True: m = heard(); say('done', m['id'], done(m['v']))")
    assert [conversation.ask(text).value for text in "abc"] == ["a", "b", "c"]


ACCOUNT = block("""
    place = items(3, None, 5, 3, 19)
    def account(count=4, name='item', **more):
        event = items('synchronise', 'item', name, count, 0, place)
        work = items(items(2, items(3, None)))
        known = {'events': items(event), 'work': work, 'operations': 2, 'peak_bytes': 8}
        return pairs(**known | more)
""")


def test_what_a_call_did_on_its_device_comes_with_the_answer(speak):
    script = "say('done', heard()['id'], items(0.5, items(), account())); heard()"
    seen = speak(ACCOUNT + script).ask(watched=True).seen
    assert (seen.operations, seen.peak_bytes, seen.events[0].count) == (2, 8, 4)


@pytest.mark.parametrize(
    ("reply", "watched"),
    [
        ("items(0.5, items(), account(count=-1))", True),
        ("items(0.5, items(), account(count=10**30))", True),
        ("items(0.5, items(), account(name='\\x1b[2J'))", True),
        ("items(0.5, items(), account(operations='9'))", True),
        ("items(0.5, items(), account(extra=1))", True),
        ("items(0.5, items(), 7)", True),
        ("done(0.5)", True),
        ("items(0.5, items(), account())", False),
    ],
)
def test_a_forged_account_ends_like_any_forged_answer(speak, reply, watched):
    conversation = speak(ACCOUNT + f"say('done', heard()['id'], {reply}); heard()")
    assert isinstance(conversation.ask(watched=watched), Malformed)


@pytest.mark.parametrize(
    ("reply", "expected"),
    [
        ("'raised', n, pairs(**DESCRIPTION)", Raised("ValueError", "bad", 3)),
        ("'raised', n, pairs(**DESCRIPTION | {'why': 'memory'})", OutOfMemory(64)),
        ("'failed', n, pairs(why='too_many_bytes', size=5 << 20)", TooLarge(5)),
        ("'failed', n, pairs(why='too_many_values', size=9)", TooLarge(None)),
    ],
)
def test_other_honest_answers(speak, reply, expected):
    conversation = speak(f"n = heard()['id']; say({reply}); heard()")
    assert conversation.ask() == expected


# -- forged answers -----------------------------------------------------------------------------

FORGED = {
    "garbage": "sock.sendall(b'\\x00' * 64)",
    "text": "sock.sendall(b'HTTP/1.1 200 OK\\r\\n\\r\\nall tests passed')",
    "a wrong id": "say('done', n + 1, done(1))",
    "the id of nobody": "say('done', -1, done(1))",
    "an id that is text": "say('done', str(n), done(1))",
    "an id that is true": "say('done', True, done(1))",
    "no operation": "say(None, n, done(1))",
    "an unknown operation": "say('passed', n, done(1))",
    "the greeting twice": "say('ready', 0); say('ready', 0)",
    "the greeting as an answer": "say('ready', 0); say('ready', n)",
    "an answer for the other side": "say('answer', n, 1)",
    "an array where a reason is due": (
        "say('raised', n, pairs(**DESCRIPTION | {'why': array([2])}), body=bytes(16))"
    ),
    "an array as the reason of a failure": (
        "say('failed', n, pairs(why=array([2])), body=bytes(16))"
    ),
    "done without a list": "say('done', n, 3)",
    "done with too few": "say('done', n, items(3))",
    "done with too many": "say('done', n, items(3, items(), 4))",
    "changes that are no list": "say('done', n, items(3, 4))",
    "a change of argument -1": "say('done', n, items(3, items(items(-1, 4))))",
    "a change of argument 'x'": "say('done', n, items(3, items(items('x', 4))))",
    "an exception without details": "say('raised', n, pairs(type='E'))",
    "an exception of no kind": "say('raised', n, pairs(**DESCRIPTION | {'why': 'passed'}))",
    "an exception whose type is a number": "say('raised', n, pairs(**DESCRIPTION | {'type': 3}))",
    "an exception whose line is text": "say('raised', n, pairs(**DESCRIPTION | {'line': '3'}))",
    "a failure of no kind": "say('failed', n, pairs(why='passed'))",
    "a failure of no size": "say('failed', n, pairs(why='too_many_bytes', size='9'))",
    "a body too large": "say('done', n, done(1), promise=1 << 40)",
    "a body of 2 MiB": "say('done', n, done(1), body=bytes(2 << 20))",
    "a header too large": "sock.sendall(struct.pack('<4sIQ', b'NNG1', 2**32 - 1, 0))",
    "a header that is no JSON": "sock.sendall(struct.pack('<4sIQ', b'NNG1', 4, 0) + b'pass')",
    "a header that is a list": "sock.sendall(struct.pack('<4sIQ', b'NNG1', 2, 0) + b'[]')",
    "a header nested too deep": (
        "h = b'[' * 200_000; sock.sendall(struct.pack('<4sIQ', b'NNG1', len(h), 0) + h)"
    ),
    "a NaN in the header": "say('done', n, done(float('nan')))",
    "a value nested too deep": block("""
        v = 1
        for _ in range(99): v = items(v)
        say('done', n, done(v))"""),
    "too many values": "say('done', n, done(items(*range(30_000))))",
    "a text too long": "say('done', n, done('x' * 100_000))",
    "a kind of value that is none": "say('done', n, done({'$': 'pickle', 'v': 'gASV'}))",
    "an array outside the body": "say('done', n, done(array([1000])), body=bytes(8))",
    "an array before the body": "say('done', n, done(array([1], offset=-8)), body=bytes(8))",
    "an array of objects": "say('done', n, done(array([1], '|O')), body=bytes(8))",
    "an array of negative size": "say('done', n, done(array([-1])), body=bytes(8))",
    "an empty array of endless axes": "say('done', n, done(array([0] + [2**40] * 9)))",
    "an empty array of too many axes": "say('done', n, done(array([0] * 100)))",
    "a tensor without an array": "say('done', n, done({'$': 'T', 'v': 1, 't': 'f', 'g': True}))",
    "a key that is an array": (
        "say('done', n, done({'$': 'd', 'v': [[array([1]), 1]]}), body=bytes(8))"
    ),
}


@pytest.mark.parametrize("script", FORGED.values(), ids=FORGED)
def test_a_forged_answer_is_malformed(speak, script):
    conversation = speak(f"n = heard()['id']\n{script}\nheard()")
    assert isinstance(conversation.ask(), Malformed)


def test_an_answer_given_twice_is_no_answer_to_the_next_question(speak):
    conversation = speak(
        "n = heard()['id']; say('done', n, done(1)); say('done', n, done(2))\nheard()"
    )
    assert conversation.ask().value == 1
    assert isinstance(conversation.ask(), Malformed)


@pytest.mark.parametrize("size", ["-1", "10**30", "'much'"])
def test_a_forged_size_is_no_answer(speak, size):
    conversation = speak(
        f"say('failed', heard()['id'], pairs(why='too_many_bytes', size={size}))\nheard()"
    )
    assert isinstance(conversation.ask(), Malformed)


def test_a_forged_line_stays_a_number(speak):
    conversation = speak(
        "say('raised', heard()['id'], pairs(**DESCRIPTION | {'line': 10**18}))\nheard()"
    )
    assert conversation.ask() == Raised("ValueError", "bad", 10**18)


def test_names_in_an_exception_are_cut(speak):
    conversation = speak(
        "say('raised', heard()['id'], pairs(**DESCRIPTION | {'type': 'E' * 9999}))\nheard()"
    )
    assert len(conversation.ask().type) == 100


def test_descriptors_that_come_with_an_answer_are_dropped(speak):
    conversation = speak(
        block("""
            data = frame('done', heard()['id'], done(1))
            socket.send_fds(sock, [data], [os.open('/dev/null', os.O_RDONLY)] * 50)
            heard()""")
    )
    before = set(Path("/proc/self/fd").iterdir())
    assert conversation.ask().value == 1
    assert set(Path("/proc/self/fd").iterdir()) == before


# -- answers that do not come -------------------------------------------------------------------

BUSY = {
    "computing": "while True: pass",
    "printing without an end": "while True: os.write(1, bytes(1 << 16))",
    "printing little without an end": "while True: os.write(1, b'x' * 2000)",
}


@pytest.mark.parametrize("script", BUSY.values(), ids=BUSY)
def test_a_process_that_is_busy_runs_out_of_cpu_time(speak, script):
    conversation = speak(f"heard()\n{script}")
    assert conversation.ask(limit=SHORT) == TimedOut(SHORT, waiting=False)


WAITING = {
    "silence": "time.sleep(60)",
    "one byte of a frame": "sock.sendall(b'N'); time.sleep(60)",
    "half a head": "sock.sendall(frame('done', n, done(1))[:8]); time.sleep(60)",
    "half a header": "sock.sendall(frame('done', n, done(1))[:-5]); time.sleep(60)",
    "a promised body": "say('done', n, done(1), promise=1 << 20); time.sleep(60)",
    "a byte now and then": (
        block("""
            for byte in frame('done', n, done('x' * 50_000)):
                sock.sendall(bytes([byte])); time.sleep(0.02)""")
    ),
    "prints now and then": "while True: print('still here', flush=True); time.sleep(0.02)",
}


@pytest.mark.parametrize("script", WAITING.values(), ids=WAITING)
def test_a_process_that_waits_is_ended_by_the_wall_clock(speak, script):
    conversation = speak(f"n = heard()['id']\n{script}")
    assert conversation.ask(limit=SHORT) == TimedOut(SHORT, waiting=True)


def test_a_process_that_never_reads_is_ended_by_the_wall_clock(speak):
    conversation = speak("time.sleep(60)")
    outcome = conversation.ask(np.zeros(1 << 20), limit=SHORT)
    assert outcome == TimedOut(SHORT, waiting=True)


ENDED = {
    "exits": ("os._exit(0)", None),
    "exits with an error": ("os._exit(70)", None),
    "raises": ("raise KeyboardInterrupt", None),
    "is killed": (f"os.kill(os.getpid(), {int(signal.SIGKILL)})", "SIGKILL"),
    "breaks down": (f"os.kill(os.getpid(), {int(signal.SIGSEGV)})", "SIGSEGV"),
    "ends within a head": ("sock.sendall(b'NNG1'); os._exit(0)", None),
    "ends within a header": ("sock.sendall(frame('done', n, done(1))[:-5]); os._exit(0)", None),
    "ends within a body": ("say('done', n, done(1), promise=99); os._exit(0)", None),
}


@pytest.mark.parametrize(("script", "signal_name"), ENDED.values(), ids=ENDED)
def test_a_process_that_ends_has_crashed(speak, script, signal_name):
    conversation = speak(f"n = heard()['id']\n{script}")
    outcome = conversation.ask()
    if "raise" in script:  # Python's own way to end by Ctrl-C
        assert isinstance(outcome, Crashed)
    else:
        assert outcome == Crashed(signal_name)


def test_a_process_that_was_gone_before_the_question_has_crashed(speak):
    conversation = speak("os._exit(0)")
    conversation.handle.process.wait()
    assert conversation.ask(np.zeros(1 << 20)) == Crashed(None)


def test_the_signal_of_the_hard_cpu_limit_is_a_timeout(speak):
    conversation = speak(f"heard(); os.kill(os.getpid(), {int(signal.SIGXCPU)})")
    assert conversation.ask() == TimedOut(LONG, waiting=False)


def test_a_process_that_closes_its_channel_is_ended(speak):
    conversation = speak("heard(); sock.close(); time.sleep(60)")
    assert isinstance(conversation.ask(), Crashed)
    assert conversation.handle.process.poll() is not None


# -- prints -------------------------------------------------------------------------------------


def test_a_flood_of_prints_is_cut_to_its_end_and_blocks_nobody(speak):
    conversation = speak(
        block("""
            n = heard()['id']
            print('a' * 3_000_000 + 'the end', flush=True)
            say('done', n, done(1))
            heard()""")
    )
    assert conversation.ask().value == 1
    assert conversation.said.endswith("the end\n")
    assert len(conversation.said) == 4096
    assert conversation.tail.dropped == 3_000_000 + len("the end\n") - 4096


def test_what_was_printed_before_the_end_is_kept(speak):
    conversation = speak("heard(); print('last words', flush=True); os._exit(1)")
    conversation.ask()
    conversation.close()
    assert conversation.said == "last words\n"


def test_a_process_may_close_its_prints(speak):
    conversation = speak("os.close(1); os.close(2); say('done', heard()['id'], done(1)); heard()")
    assert conversation.ask().value == 1


def test_the_end_of_what_was_printed_is_kept_piece_by_piece():
    tail = Tail(keep=4)
    for piece in (b"ab", b"cdef", b"", b"g"):
        tail.add(piece)
    assert (tail.kept, tail.dropped) == (b"defg", 3)
