"""The colours of the terminal: each has a contrast of 4.5 or more on black and on white.

WCAG 2.2 asks for that of text (1.4.3). Of the fixed part of the palette of 256 colours, which
themes of terminals leave alone, six have it on both; the first 16 are whatever a theme has made of
them. A terminal that has no more than 16 shows its own that are next to these. No meaning is in a
colour alone: a word or a sign says it as well.
"""

from __future__ import annotations

GREEN = "#00875f"
RED = "#af5f5f"
MAGENTA = "#d700af"
VIOLET = "#875fd7"
BLUE = "#5f5fff"
GREY = "#767676"
PALETTE = (GREEN, RED, MAGENTA, VIOLET, BLUE, GREY)

GOOD, BAD, OPEN, ATTENTION, FAINT = GREEN, RED, "", MAGENTA, GREY
CODE = BLUE
KEYWORD, TEXT, NUMBER, COMMENT, NAME = VIOLET, GREEN, MAGENTA, GREY, BLUE
"""Parts of a program."""
