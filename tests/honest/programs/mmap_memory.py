"""Memory as bytes."""

import mmap


def run():
    with mmap.mmap(-1, 13) as memory:
        memory.write(b"Hello world!")
        memory.seek(0)
        first = memory.read(5).decode()
    private = mmap.mmap(-1, 4096, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)
    private[0:2] = b"ab"
    return [first, private[1:2].decode(), len(mmap.mmap(-1, 8, access=mmap.ACCESS_WRITE))]


EXPECTED = ["Hello", "b", 8]
