"""Contexts of one's own."""

import contextlib
import io


@contextlib.contextmanager
def counted(notes):
    notes.append("in")
    try:
        yield
    finally:
        notes.append("out")


def run():
    notes = []
    with contextlib.ExitStack() as stack, contextlib.suppress(ZeroDivisionError):
        stack.enter_context(counted(notes))
        1 / 0
    with contextlib.redirect_stdout(io.StringIO()) as text:
        print("caught")
    return notes + [text.getvalue()]


EXPECTED = ["in", "out", "caught\n"]
