"""Compressed bytes, by each library there is."""

import bz2
import gzip
import lzma
import zlib


def run():
    data = b"abc" * 1000
    packers = (gzip, bz2, lzma, zlib)
    return [library.decompress(library.compress(data)) == data for library in packers]


EXPECTED = [True, True, True, True]
