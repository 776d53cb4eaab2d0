"""Texts of several lines as they look: programs, YAML, Markdown, tables."""

import textwrap


def block(text: str) -> str:
    """Return a text without the indentation that all its lines share.

    The line break that follows the opening quotes does not belong to it. The last line ends with a
    line break unless the closing quotes stand right behind it.
    """
    return textwrap.dedent(text).removeprefix("\n")
