"""The end of a command, without taking the interpreter apart."""

from __future__ import annotations

import atexit
import os
import sys
import threading
from typing import NoReturn


def leave_at_once(code: int) -> NoReturn:
    """Exit with a code once exit functions have run and output is written.

    Freeing what a judge has imported would take a sixth of the time of a command. Threads that are
    still at work are waited for in the usual way.
    """
    if threading.active_count() == 1:
        atexit._run_exitfuncs()  # noqa: SLF001 - there is no public name for it
        try:
            sys.stdout.flush()
            sys.stderr.flush()
        except OSError:
            sys.exit(code)  # Python says so, and exits with a code of its own
        os._exit(code)
    sys.exit(code)
