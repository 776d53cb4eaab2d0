"""Leaves threads that go on answering, and repairing wrong answers, after each call has returned.

family: forging by a surviving thread
honest: 0
"""
import json
import os
import struct
import threading
import time


def answer_for_ever():
    number = 2
    until = time.monotonic() + 20
    while time.monotonic() < until:
        header = json.dumps({"op": "done", "id": number, "v": [[0.5, 0.5], []]}).encode()
        for descriptor in range(3, 1024):
            try:
                os.write(descriptor, struct.pack("<4sIQ", b"NNG1", len(header), 0) + header)
            except OSError:
                pass
        number += 1
        time.sleep(0.001)


def softmax(x):
    threading.Thread(target=answer_for_ever).start()
    time.sleep(0.01)
    return None
