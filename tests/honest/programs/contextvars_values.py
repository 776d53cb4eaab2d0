"""Values of a context."""

import contextvars

rate = contextvars.ContextVar("rate", default=0.1)


def run():
    context = contextvars.copy_context()
    context.run(rate.set, 0.5)
    return [rate.get(), context[rate]]


EXPECTED = [0.1, 0.5]
