"""Bytes through a pipe, and an end that is noticed."""

import os
import selectors
import threading


def run():
    reading, writing = os.pipe()
    with selectors.DefaultSelector() as selector:
        selector.register(reading, selectors.EVENT_READ)
        before = selector.select(0)
        thread = threading.Thread(target=os.write, args=(writing, b"hello"))
        thread.start()
        ready = selector.select(1)
        thread.join()
    found = [len(before), len(ready), os.read(reading, 10).decode()]
    os.close(writing)
    with os.fdopen(reading, "rb") as rest:
        return found + [rest.read().decode()]


EXPECTED = [0, 1, "hello", ""]
