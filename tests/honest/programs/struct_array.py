"""Numbers as bytes."""

import array
import struct


def run():
    packed = struct.pack("<if", 3, 0.5)
    numbers = array.array("d", [1.5, 2.5])
    return [list(struct.unpack("<if", packed)), numbers.tolist(), memoryview(numbers)[1]]


EXPECTED = [[3, 0.5], [1.5, 2.5], 2.5]
