"""Two ends within the process."""

import select
import socket


def run():
    left, right = socket.socketpair()
    left.sendall(b"hello")
    ready, _, _ = select.select([right], [], [], 1)
    found = [right.recv(5).decode(), len(ready)]
    left.close()
    found.append(right.recv(5).decode())
    right.close()
    return found


EXPECTED = ["hello", 1, ""]
