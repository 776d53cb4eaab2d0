"""Temporary files and folders of every kind.

files: scratch
"""

import os
import tempfile


def run():
    with tempfile.TemporaryFile("w+") as file:
        file.write("one")
        file.seek(0)
        found = [file.read()]
    with tempfile.NamedTemporaryFile("w", suffix=".txt", delete=False) as file:
        file.write("two")
    with open(file.name) as again:
        found.append(again.read())
    os.unlink(file.name)
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "three")
        open(path, "w").close()
        found.append(os.listdir(folder))
    descriptor, path = tempfile.mkstemp()
    os.close(descriptor)
    os.unlink(path)
    with tempfile.SpooledTemporaryFile(max_size=2) as spooled:
        spooled.write(b"longer than that")
        spooled.seek(0)
        found.append(spooled.read().decode())
    return found


EXPECTED = ["one", "two", ["three"], "longer than that"]
