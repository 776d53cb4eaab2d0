"""Objects in a file.

files: scratch
"""

import shelve


def run():
    with shelve.open("kept") as shelf:
        shelf["loss"] = [0.5, 0.25]
    with shelve.open("kept") as shelf:
        return shelf["loss"]


EXPECTED = [0.5, 0.25]
