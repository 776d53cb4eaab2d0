"""Answers with a dictionary whose keys all have the same hash: each is compared with all before it.

The submission writes them down as text; it is the judge who has to make a dictionary of them, again
for every call. Python hashes an integer modulo 2**61 - 1.

family: resources, colliding keys
honest: 0
limits: short
needs: own-code-only
"""

import json
import struct
import sys

MERSENNE = 2**61 - 1
KEYS = 4000
stream = sys.modules["grader.wire.stream"]
rows = [[{"$": "i", "v": str(MERSENNE * (number + 5))}, 0] for number in range(KEYS)]
value = {"$": "l", "v": [{"$": "d", "v": rows}, {"$": "l", "v": []}]}
called = False


def send(sock, pieces, *_):
    data = b"".join(bytes(piece) for piece in pieces)
    _, length, _ = struct.unpack("<4sIQ", data[:16])
    header = json.loads(data[16 : 16 + length])
    if called:
        answer = json.dumps({"op": "done", "id": header["id"], "v": value}).encode()
        data = struct.pack("<4sIQ", b"NNG1", len(answer), 0) + answer
    sock.sendall(data)


stream.send = send


def softmax(x):
    global called
    called = True
    return None
