"""Files are copied with their modes and times, moved and removed.

files: scratch
"""

import pathlib
import shutil


def run():
    source = pathlib.Path("source.txt")
    source.write_text("some text")
    for copy in (shutil.copyfile, shutil.copy, shutil.copy2):
        copy(source, f"{copy.__name__}.txt")
    shutil.copystat(source, "copyfile.txt")
    shutil.copymode(source, "copyfile.txt")
    pathlib.Path("folder").mkdir()
    shutil.move("copy.txt", "folder/moved.txt")
    shutil.copytree("folder", "again")
    found = sorted(str(path) for path in pathlib.Path().rglob("*.txt"))
    shutil.rmtree("folder")
    shutil.rmtree("again")
    return found


EXPECTED = ["again/moved.txt", "copy2.txt", "copyfile.txt", "folder/moved.txt", "source.txt"]
