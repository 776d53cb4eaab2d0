"""Sends its answer a byte at a time, never to its end, while it uses hardly any time of its own.

Whoever starts his clock anew with each byte waits for ever.

family: forging by an answer that never ends
honest: 0
limits: short
"""

import sys
import time

frames = sys.modules["grader.wire.frames"]
process = sys.modules["grader.student.process"]


def answer(self, operation, value):
    whole = b"".join(frames.pack("done", self.number, [[0.5] * 1000, []]))
    for place in range(len(whole) - 1):
        self.sock.send(whole[place : place + 1])
        time.sleep(0.01)


process.StudentProcess._answer = answer


def softmax(x):
    return None
