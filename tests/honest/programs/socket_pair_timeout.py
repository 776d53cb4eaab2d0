"""Two ends that talk both ways, with patience or without."""

import socket


def run():
    with socket.socketpair()[0] as left:
        left.setblocking(False)
    left, right = socket.socketpair()
    right.settimeout(0.01)
    try:
        right.recv(1)
    except TimeoutError:
        found = ["patient"]
    right.setblocking(False)
    try:
        right.recv(1)
    except BlockingIOError:
        found.append("impatient")
    left.send(b"to the right")
    right.sendall(bytearray(b"to the left"))
    found += [right.recv(99).decode(), left.recv(99).decode()]
    left.shutdown(socket.SHUT_WR)
    return found + [right.recv(9).decode()]


EXPECTED = ["patient", "impatient", "to the right", "to the left", ""]
