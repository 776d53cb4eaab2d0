"""A zip archive in a file and one in memory.

files: scratch
"""

import io
import zipfile


def run():
    found = []
    for place in ("kept.zip", io.BytesIO()):
        with zipfile.ZipFile(place, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("a.txt", "text")
        with zipfile.ZipFile(place) as archive:
            archive.extractall("out")
            found.append(archive.read("a.txt").decode())
    with open("out/a.txt") as file:
        return found + [file.read()]


EXPECTED = ["text", "text", "text"]
