"""Lines of several files.

files: scratch
"""

import fileinput


def run():
    for name in "ab":
        with open(name, "w") as file:
            file.write(f"in {name}\n")
    with fileinput.input(["a", "b"]) as lines:
        return [line.strip() for line in lines]


EXPECTED = ["in a", "in b"]
