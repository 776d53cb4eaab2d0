"""Colours of prompts in a terminal."""

from __future__ import annotations

from prompt_toolkit.styles import Style

from grader.course import colours

STYLE = Style.from_dict(
    {
        "pointer": "bold",
        "code": colours.CODE,
        "problem": f"bold {colours.BAD}",
        "help": colours.FAINT,
        "pygments.keyword": f"bold {colours.KEYWORD}",
        "pygments.operator.word": f"bold {colours.KEYWORD}",
        "pygments.literal.string": colours.TEXT,
        "pygments.literal.number": colours.NUMBER,
        "pygments.comment": colours.COMMENT,
        "pygments.name.function": colours.NAME,
        "pygments.name.class": colours.NAME,
        "pygments.name.builtin": colours.NAME,
    }
)
