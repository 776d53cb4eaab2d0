"""The mode of one's own file can be set.

files: scratch
"""

import os


def run():
    with open("file.txt", "w") as file:
        file.write("x")
        os.fchmod(file.fileno(), 0o640)
    os.chmod("file.txt", 0o600)
    return os.access("file.txt", os.R_OK)


EXPECTED = True
