"""A copy of the program, to which files may be added that it has not been written with."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TINY = ROOT / "tests" / "courses" / "tiny"


class Tree:
    """A copy of the program with i18n/ beside it, and a course."""

    def __init__(self, folder: Path) -> None:
        self.i18n, self.course = folder / "i18n", folder / "course"
        self.folder, self.here = folder, folder / "elsewhere"
        unmade = shutil.ignore_patterns("__pycache__", "_course")
        shutil.copytree(ROOT / "grader", folder / "grader", ignore=unmade)
        shutil.copytree(ROOT / "i18n", self.i18n, ignore=shutil.ignore_patterns("ex*.md"))
        shutil.copytree(TINY, self.course)
        self.here.mkdir()

    @property
    def package(self) -> Path:
        """The folder of the package."""
        return self.folder / "grader"

    def python(self, *arguments: object, **variables: str) -> tuple[int, str, str]:
        """Run Python with this program; return exit code, output and errors."""
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("GRADER_", "PYTEST_"))}
        more = {"PYTHONPATH": str(self.folder), "PYTHONIOENCODING": "utf-8", "NO_COLOR": "1"}
        done = subprocess.run(
            [sys.executable, "-P", *map(str, arguments)],
            cwd=self.here,
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
            env={**kept, "XDG_STATE_HOME": str(self.folder / "state"), **more, **variables},
            timeout=120,
        )
        return done.returncode, done.stdout.replace("\u00a0", " "), done.stderr

    def run(self, *arguments: object, **variables: str) -> tuple[int, str, str]:
        """Run ``grader`` on the course."""
        return self.python("-m", "grader", *arguments, "--course", self.course, **variables)
