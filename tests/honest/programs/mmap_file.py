"""A file as memory.

files: scratch
"""

import mmap


def run():
    with open("data.bin", "wb") as file:
        file.write(b"0123456789")
    with open("data.bin", "r+b") as file, mmap.mmap(file.fileno(), 0) as memory:
        memory[:2] = b"ab"
        memory.flush()
    with open("data.bin", "rb") as file:
        with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as memory:
            return memory[:4].decode()


EXPECTED = "ab23"
