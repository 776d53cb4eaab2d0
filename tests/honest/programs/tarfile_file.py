"""A tar archive, packed and unpacked.

files: scratch
"""

import tarfile


def run():
    with open("one.txt", "w") as file:
        file.write("1")
    with tarfile.open("kept.tar.gz", "w:gz") as archive:
        archive.add("one.txt")
    with tarfile.open("kept.tar.gz") as archive:
        archive.extractall("out", filter="data")
        names = archive.getnames()
    with open("out/one.txt") as file:
        return names + [file.read()]


EXPECTED = ["one.txt", "1"]
