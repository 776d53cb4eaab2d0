"""Print the lowest version of each dependency that pyproject.toml allows, for `pip install -c`."""

import re
import tomllib
from itertools import chain
from pathlib import Path

PYPROJECT = Path(__file__).resolve().parents[1] / "pyproject.toml"
LOWEST = re.compile(r"([\w-]+)(?:\[[\w,]+\])?>=([\w.]+)")


def main() -> None:
    """Print a line for each dependency and each package of an extra."""
    project = tomllib.loads(PYPROJECT.read_text(encoding="utf-8"))["project"]
    wanted = chain(project["dependencies"], *project["optional-dependencies"].values())
    lowest = {found.groups() for found in map(LOWEST.fullmatch, wanted) if found}
    for name, version in sorted(lowest):
        print(f"{name}=={version}")


if __name__ == "__main__":
    main()
