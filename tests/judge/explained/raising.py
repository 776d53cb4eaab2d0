"""Exceptions that are really raised: described as a process does it, told as the judge does it."""

import numpy as np

from grader.judge.outcomes import exception_of
from grader.judge.sentences import of_call
from grader.judge.submission import read_bytes
from grader.report.messages import sentence
from grader.student.process import describe
from grader.student.submission import Submission

IMPORTS = "import math\nimport numpy as np\n"


def described(source, name="ex01.py", asked=("f",)):
    """Return what a process says of the exception that ``f`` raises, or the source itself."""
    submission = Submission(name, source, {}, {}, asked)
    try:
        with np.errstate(all="ignore"):
            submission.execute()
            submission.module.f()
    except BaseException as error:  # noqa: BLE001 - the purpose
        return exception_of(describe(error, submission))
    raise AssertionError("nothing was raised")


def told(source, name="ex01.py"):
    """Return the findings about a call of ``f``."""
    return of_call("f", described(source, name), read_bytes(source.encode(), name, "code")).findings


def text(finding, lang="en"):
    """Return a finding as a sentence."""
    return sentence(finding.id, finding.args, lang)
