"""Paths, made and taken apart.

files: scratch
"""

from pathlib import Path


def run():
    folder = Path("data") / "inner"
    folder.mkdir(parents=True)
    (folder / "x.txt").write_text("x")
    (folder / "x.txt").rename(folder / "y.txt")
    found = [path.as_posix() for path in Path("data").rglob("*.txt")]
    (folder / "y.txt").chmod(0o644)
    (folder / "y.txt").unlink()
    return found + [Path("a/b.tar.gz").suffixes, Path.cwd().is_dir()]


EXPECTED = ["data/inner/y.txt", [".tar", ".gz"], True]
