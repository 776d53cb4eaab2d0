"""A folder becomes an archive and a folder again.

files: scratch
"""

import pathlib
import shutil


def run():
    pathlib.Path("data").mkdir()
    pathlib.Path("data/one.txt").write_text("1")
    kept = shutil.make_archive("kept", "zip", "data")
    shutil.unpack_archive(kept, "unpacked")
    return pathlib.Path("unpacked/one.txt").read_text()


EXPECTED = "1"
