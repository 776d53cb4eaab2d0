"""One's own files can be locked, in each of the ways there are.

files: scratch
"""

import fcntl


def run():
    with open("shared.txt", "w+") as file:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        fcntl.flock(file, fcntl.LOCK_UN)
        fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB, 10)
        fcntl.lockf(file, fcntl.LOCK_UN)
        fcntl.lockf(file, fcntl.LOCK_EX)
        file.write("written under a lock")
    with open("shared.txt") as file:
        fcntl.flock(file, fcntl.LOCK_SH)
        return file.read()


EXPECTED = "written under a lock"
