"""How whatever comes out of a check, a call or the load phase becomes status, blame, findings."""

import json

import pytest
from support.text_blocks import block

from grader.course.models import CodeExercise
from grader.judge.failures import (
    AuthorError,
    CallFailedError,
    CheckFailedError,
    Finding,
    NotRunError,
    SystemFaultError,
)
from grader.judge.feedback.conclusions import conclude
from grader.judge.feedback.loading import conclude_load, has_callable_function
from grader.judge.processes.outcomes import (
    Crashed,
    Malformed,
    OutOfMemory,
    Raised,
    Returned,
    ScratchFull,
    TimedOut,
    TooLarge,
    TooManyCallbacks,
)
from grader.judge.reading.submission import read_bytes
from grader.report.messages import sentence

SOURCE = block("""
    import numpy as np


    def double(x):
        return 2 * x
""")
SUBMISSION = read_bytes(SOURCE.encode(), "ex01.py", "code")
CELLS = [
    {"cell_type": "code", "source": text, "metadata": {}, "outputs": []}
    for text in (
        "import numpy as np",
        block("""
            def double(x):
                return 1 / 0"""),
    )
]
NOTEBOOK = read_bytes(
    json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": CELLS}).encode(),
    "ex01.ipynb",
    "code",
)
EXERCISE = CodeExercise(
    id="ex01",
    slug="double",
    section="numbers",
    kind="code",
    functions={"double": ("x",), "half": ("x", "n")},
    checks={"test_a": 1},
)


def concluded(error, submission=SUBMISSION):
    return conclude(error, "test_a", submission)


def after_call(outcome, submission=SUBMISSION):
    return concluded(CallFailedError("double", outcome), submission)


# -- checks -------------------------------------------------------------------------------------


def test_only_nothing_at_all_is_a_pass():
    assert concluded(None).status == "passed"
    for error in [
        CheckFailedError(Finding("compare.none")),
        CallFailedError("double", Crashed(None)),
        NotRunError("load", Finding("not_run.load")),
        SystemFaultError(Finding("system.nursery")),
        AuthorError("x"),
        AssertionError(),
        ValueError(),
        SystemExit(0),
        KeyboardInterrupt(),
        pytest.skip.Exception("skipped"),
        GeneratorExit(),
    ]:
        assert concluded(error).status != "passed"


def test_a_failed_check_keeps_its_findings_in_order():
    findings = Finding("compare.values", {"where": "[1]"}), Finding("compare.entry", {"path": "a"})
    conclusion = concluded(CheckFailedError(*findings))
    assert (conclusion.status, conclusion.blame) == ("failed", "student")
    assert conclusion.findings == findings


def test_a_bare_assert_of_a_check_says_what_it_can():
    conclusion = concluded(AssertionError("the secret 42"))
    assert (conclusion.status, conclusion.blame) == ("failed", "student")
    assert conclusion.findings == (Finding("check.failed"),)


@pytest.mark.parametrize("error", [ValueError("x"), AuthorError("x"), pytest.skip.Exception("x")])
def test_whatever_else_comes_out_is_the_author_s_fault(error):
    conclusion = concluded(error)
    assert (conclusion.status, conclusion.blame) == ("error", "author")
    (finding,) = conclusion.findings
    assert finding.id == "author.check"
    assert finding.args == {"check": "test_a"}


def test_a_fault_of_the_system_is_nobody_s_zero():
    conclusion = concluded(SystemFaultError(Finding("system.nursery"), "no memory for a fork"))
    assert (conclusion.status, conclusion.blame) == ("error", "system")
    assert conclusion.findings == (Finding("system.nursery"),)


def test_what_was_not_run_has_its_reason_and_no_blame():
    conclusion = concluded(NotRunError("budget", Finding("not_run.budget", {"seconds": 10})))
    assert (conclusion.status, conclusion.reason, conclusion.blame) == ("not_run", "budget", None)


# -- calls --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("outcome", "status", "message", "args"),
    [
        (TimedOut(2.0, waiting=False), "timeout", "call.timeout", {"seconds": 2.0}),
        (TimedOut(2.0, waiting=True), "timeout", "call.waiting", {"seconds": 2.0}),
        (OutOfMemory(512), "memory", "call.memory", {"megabytes": 512}),
        (ScratchFull(16, 9), "error", "call.scratch_full", {"megabytes": 16, "files": 9}),
        (Crashed("SIGSEGV"), "crash", "call.crash", {"signal": "SIGSEGV"}),
        (Crashed(None), "crash", "call.ended", {}),
        (Malformed("not a frame"), "crash", "call.malformed", {}),
        (TooLarge(80), "error", "call.too_large", {"megabytes": 80}),
        (TooLarge(None), "error", "call.too_many_values", {}),
        (TooManyCallbacks(100), "error", "call.callbacks", {"limit": 100}),
    ],
)
def test_how_a_process_ended_is_said_with_its_limit(outcome, status, message, args):
    conclusion = after_call(outcome)
    assert (conclusion.status, conclusion.blame) == (status, "student")
    (finding,) = conclusion.findings
    assert (finding.id, dict(finding.args)) == (message, {"function": "double", **args})
    assert sentence(finding.id, finding.args, "en")


@pytest.mark.parametrize(
    ("raised", "message"),
    [
        (Raised("ValueError", "bad", 5), "call.raised"),
        (Raised("ValueError", "bad", None), "call.raised_nowhere"),
        (Raised("Bad", None, 5), "call.raised_unprintable"),
        (Raised("Bad", None, None), "call.raised_unprintable_nowhere"),
        (Raised("SystemExit", "", 5, "exit"), "call.exit"),
        (Raised("SystemExit", "", None, "exit"), "call.exit"),
        (Raised("EOFError", "", 5, "input"), "call.input"),
        (Raised("ModuleNotFoundError", "no", 5, "import", "scipy"), "call.import"),
        (Raised("NotImplementedError", "", 5, "not_written"), "call.not_written"),
        (Raised("SyntaxError", "bad", 1, "syntax"), "call.raised"),
    ],
)
def test_an_exception_has_the_sentence_of_its_kind(raised, message):
    conclusion = after_call(raised)
    assert (conclusion.status, conclusion.blame) == ("error", "student")
    finding = conclusion.findings[0]
    assert finding.id == message
    text = sentence(finding.id, finding.args, "en")
    assert text
    assert "{{" not in text


REFUSALS = [
    Raised("PermissionError", "[Errno 13] Permission denied: '/etc/passwd'", 5),
    Raised("FileNotFoundError", "[Errno 2] No such file or directory: 'data.csv'", 5),
    Raised("BlockingIOError", "[Errno 11] Resource temporarily unavailable", 5),
    Raised("gaierror", "[Errno -3] Temporary failure in name resolution", 5),
    Raised("URLError", "<urlopen error [Errno 1] Operation not permitted>", 5),
    Raised("ConnectionRefusedError", "[Errno 111] Connection refused", None),
    Raised("OSError", "[Errno 27] File too large", 5),
    Raised("OSError", "[Errno 28] No space left on device", 5),
]


@pytest.mark.parametrize("raised", REFUSALS, ids=lambda raised: raised.detail)
def test_what_the_sandbox_refuses_is_told_as_such(raised):
    nowhere = "_nowhere" if raised.line is None else ""
    for finding in (after_call(raised).findings[0], load(raised).findings[0]):
        assert finding.id.partition(".")[2] == f"refused{nowhere}"
        assert (finding.args["type"], finding.args["detail"]) == (raised.type, raised.detail)
        assert finding.args.get("line") == raised.line
        assert "cannot open other files" in sentence(finding.id, finding.args, "en")


def test_other_errors_of_files_are_the_code_s_own():
    raised = Raised("OSError", "[Errno 22] Invalid argument", 5)
    assert after_call(raised).findings[0].id == "call.raised"


def test_an_exception_of_a_notebook_is_placed_in_its_cell():
    finding, code, said = after_call(Raised("ZeroDivisionError", "x", 3), NOTEBOOK).findings
    assert (finding.args["cell"], finding.args["line"]) == (2, 2)
    assert sentence(finding.id, finding.args, "en").startswith("double stops in cell 2, line 2: ")
    assert code.args == {"code": "return 1 / 0", "mark": "^" * 12}
    assert said.args == {"said": "ZeroDivisionError: x"}


@pytest.mark.parametrize("line", [-5, 0, 10**9])
def test_a_forged_line_breaks_nothing(line):
    for submission in (SUBMISSION, NOTEBOOK):
        finding = after_call(Raised("ValueError", "x", line), submission).findings[0]
        assert finding.args["line"] >= 1


# -- the load phase -----------------------------------------------------------------------------


def fits(**functions):
    entry = {"callable": True, "type": "function", "fits": True, "signature": "(x)"}
    return Returned({"functions": {name: entry | functions[name] for name in functions}})


def load(outcome):
    return conclude_load(outcome, EXERCISE, SUBMISSION)


@pytest.mark.parametrize("why", ["syntax", "indentation"])
def test_the_place_of_a_syntax_error_is_told_once(why):
    raised = Raised("SyntaxError", "expected ':' (ex01.py, line 4)", 4, why)
    finding, _, said = load(raised).findings
    assert finding.args["detail"] == "expected ':'"
    assert said.args == {"said": "SyntaxError: expected ':'"}


def test_all_functions_there_is_a_pass():
    assert load(fits(double={}, half={})).status == "passed"


def test_each_missing_function_is_named_once_and_the_others_can_be_called():
    outcome = fits(half={})
    conclusion = load(outcome)
    assert (conclusion.status, conclusion.blame) == ("failed", "student")
    (finding,) = conclusion.findings
    assert finding.id == "load.missing"
    assert finding.args == {"name": "double", "signature": "double(x)"}
    assert has_callable_function(outcome, EXERCISE)


def test_a_near_miss_in_the_name_is_pointed_at():
    value = {"functions": {}, "names": ["np", "Double", "halff"]}
    first, second = load(Returned(value)).findings
    assert (first.id, first.args["found"]) == ("load.missing_near", "Double")
    assert (second.id, second.args["found"]) == ("load.missing_near", "halff")


def test_a_wrong_signature_is_shown_beside_the_right_one():
    outcome = fits(double={"fits": False, "signature": "()"}, half={})
    (finding,) = load(outcome).findings
    assert finding.id == "load.signature"
    assert finding.args == {"name": "double", "signature": "double(x)", "got": "double()"}


def test_a_number_in_place_of_a_function_is_named():
    outcome = fits(double={"callable": False, "type": "int"}, half={})
    (finding,) = load(outcome).findings
    assert (finding.id, finding.args["type"]) == ("load.not_callable", "int")


@pytest.mark.parametrize(
    "value",
    [
        {},
        {"functions": None},
        {"functions": [1, 2]},
        {"functions": {"double": None, "half": 3}},
        {"functions": {"double": {"callable": "yes", "fits": 1}}, "names": "softmax"},
        {"functions": {1: {}, None: {}}, "names": [None, 1, ["double"]]},
        {"functions": {"double": {"callable": True, "fits": False, "signature": 7}}},
    ],
)
def test_a_forged_description_is_missing_functions_and_never_an_exception(value):
    conclusion = load(Returned(value))
    assert conclusion.status == "failed"
    assert not has_callable_function(Returned(value), EXERCISE)
    assert {finding.args["name"] for finding in conclusion.findings} == {"double", "half"}


@pytest.mark.parametrize(
    ("outcome", "status", "message"),
    [
        (Raised("SyntaxError", "bad", 3, "syntax"), "error", "load.syntax"),
        (Raised("IndentationError", "bad", 3, "indentation"), "error", "load.indentation"),
        (Raised("ModuleNotFoundError", "", 1, "import", "jax"), "error", "load.import"),
        (Raised("ValueError", "bad", 3), "error", "load.raised"),
        (Raised("NotImplementedError", "", 3, "not_written"), "error", "load.raised"),
        (Raised("SystemExit", "", 3, "exit"), "error", "load.exit"),
        (TimedOut(5.0, waiting=True), "timeout", "load.timeout"),
        (OutOfMemory(64), "memory", "load.memory"),
        (ScratchFull(16, 9), "error", "load.scratch_full"),
        (Crashed("SIGSEGV"), "crash", "load.crash"),
        (Crashed(None), "crash", "load.ended"),
        (Malformed("x"), "crash", "load.malformed"),
        (TooLarge(80), "crash", "load.malformed"),
        (TooManyCallbacks(3), "crash", "load.malformed"),
    ],
)
def test_a_file_that_does_not_load_is_told_why(outcome, status, message):
    conclusion = load(outcome)
    assert (conclusion.status, conclusion.blame) == (status, "student")
    finding = conclusion.findings[0]
    assert finding.id == message
    assert sentence(finding.id, finding.args, "en")
    assert not has_callable_function(outcome, EXERCISE)
