"""Where the course goes: into the package of a wheel; an editable install leaves it in place."""

from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

COURSE = ("exercises", "answers", "i18n")


class CourseHook(BuildHookInterface):
    """Adds the course to wheels, and to nothing else.

    What is named under ``force-include`` in pyproject.toml is copied into editable wheels as well,
    where the copy would stay as it is while the course changes.
    """

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Name the folders of the course; ``version`` is that of the wheel's form."""
        if version == "standard":
            build_data["force_include"] |= {folder: f"grader/_course/{folder}" for folder in COURSE}
