"""Exceptions that are really raised: described as a process does it, told as the judge does it."""

import numpy as np
from support.text_blocks import block

from grader.judge.feedback.conclusions import conclude_call
from grader.judge.processes.outcomes import exception_of
from grader.judge.reading.submission import read_bytes
from grader.report.messages import sentence
from grader.student.process import describe
from grader.student.submission import LoadedSubmission

IMPORTS = block("""
    import math
    import numpy as np
""")


def described(source, name="ex01.py", asked=("f",)):
    """Return what a process says of the exception that ``f`` raises, or the source itself."""
    submission = LoadedSubmission(name, source, {}, {}, asked)
    try:
        with np.errstate(all="ignore"):
            submission.execute()
            submission.module.f()
    except BaseException as error:  # noqa: BLE001 - the purpose
        return exception_of(describe(error, submission))
    raise AssertionError("nothing was raised")


def told(source, name="ex01.py"):
    """Return the findings about a call of ``f``."""
    return conclude_call(
        "f", described(source, name), read_bytes(source.encode(), name, "code")
    ).findings


def text(finding, lang="en"):
    """Return a finding as a sentence."""
    return sentence(finding.id, finding.args, lang)
