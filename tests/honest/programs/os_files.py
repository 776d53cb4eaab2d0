"""Files are made, renamed, listed, cut and removed.

files: scratch
"""

import os


def run():
    os.makedirs("deep/er", exist_ok=True)
    with open("deep/er/a.txt", "w") as file:
        file.write("0123456789")
    os.replace("deep/er/a.txt", "deep/b.txt")
    os.truncate("deep/b.txt", 4)
    found = [os.path.getsize("deep/b.txt"), sorted(os.listdir("deep"))]
    found.append([sorted(names) for _, _, names in os.walk("deep")])
    os.remove("deep/b.txt")
    os.removedirs("deep/er")
    return found + [os.path.exists("deep")]


EXPECTED = [4, ["b.txt", "er"], [["b.txt"], []], False]
