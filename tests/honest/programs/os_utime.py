"""The times of one's own file can be set.

files: scratch
"""

import os
import pathlib


def run():
    path = pathlib.Path("file.txt")
    path.touch()
    path.touch()
    os.utime(path)
    os.utime(path, (1, 2))
    with open(path) as file:
        os.utime(file.fileno(), ns=(1, 2))
    return path.read_text()


EXPECTED = ""
