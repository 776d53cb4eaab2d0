"""A signal to oneself."""

import signal


def run():
    heard = []
    signal.signal(signal.SIGUSR1, lambda *_: heard.append("usr1"))
    signal.raise_signal(signal.SIGUSR1)
    signal.signal(signal.SIGALRM, lambda *_: heard.append("alarm"))
    signal.setitimer(signal.ITIMER_REAL, 0.01)
    signal.pause()
    return heard


EXPECTED = ["usr1", "alarm"]
