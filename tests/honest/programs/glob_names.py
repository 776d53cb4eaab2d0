"""Files by pattern.

files: scratch
"""

import fnmatch
import glob


def run():
    for name in ("run_1.txt", "run_2.txt", "notes.md"):
        open(name, "w").close()
    return [sorted(glob.glob("run_*.txt")), fnmatch.filter(["a.py", "b.md"], "*.py")]


EXPECTED = [["run_1.txt", "run_2.txt"], ["a.py"]]
