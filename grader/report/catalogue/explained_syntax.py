"""Sentences about what Python cannot read, by the messages of its parser.

Each follows its place, one of ``STOPS`` or ``PLACES``, so it begins in lower case.
"""

from __future__ import annotations

from grader.report.catalogue.template import Catalogue, sentences

EXPLAINED_SYNTAX: Catalogue = sentences(
    {
        "raised.never_closed": (
            "the bracket `{{sign}}` that is opened here is never closed. Put the closing one "
            "where the expression ends."
        ),
        "raised.unmatched": (
            "this `{{sign}}` closes nothing: no bracket of its kind is open here. Delete it, or "
            "add the opening one before it."
        ),
        "raised.mismatched": (
            "`{{sign}}` stands where the `{{opened}}` opened before it should be closed. Close "
            "the brackets in the reverse order in which you opened them."
        ),
        "raised.unterminated": (
            "a text that begins here lacks its closing quotation mark. Add it at the end of the "
            "text; a text over several lines stands between three quotation marks."
        ),
        "raised.unterminated_triple": (
            "a text that begins here with three quotation marks is never closed. Put three of "
            "them at its end."
        ),
        "raised.colon": (
            "a `:` is missing here. A line that begins with `def`, `class`, `if`, `else`, `for` "
            "or `while` ends in one."
        ),
        "raised.compare": (
            "`=` stores a value and cannot stand here. If you want to compare two values, write "
            "`==`."
        ),
        "raised.target": (
            "nothing can be stored in what stands left of the `=`. Write a name there, and the "
            "expression on the right."
        ),
        "raised.comma": (
            "two values stand side by side with nothing between them. Perhaps a comma is missing, "
            "or an operator such as `*`."
        ),
        "raised.number": (
            "a name cannot begin with a digit, and a product needs its sign. Write `2 * x` rather "
            "than `2x`, or begin the name with a letter."
        ),
        "raised.block": (
            "an indented block is missing: the line before this one announces it by its colon. "
            "Indent what belongs to it by four spaces, or write `pass` there."
        ),
        "raised.indent": (
            "this line is indented deeper than the line before it, which opens no block. Align "
            "the two."
        ),
        "raised.unindent": (
            "the indentation of this line fits none of the blocks above it. Align it with the "
            "line that it is to follow, four spaces for each level."
        ),
        "raised.tabs": (
            "tabs and spaces are mixed in the indentation, so Python cannot tell how deep this "
            "line is. Use four spaces for each level everywhere."
        ),
        "raised.outside": (
            "`{{word}}` stands outside of the block that it belongs to. Look at the indentation: "
            "it must be as deep as that block."
        ),
        "raised.invisible": (
            "an invisible sign ({{sign}}) stands here, as copied text often holds. Delete what "
            "looks like a space here and type it again."
        ),
        "raised.sign": (
            "Python does not know the sign {{sign}} ({{code}}), which looks like another one. "
            "Type it yourself: straight quotation marks, the minus and the comma of your "
            "keyboard."
        ),
        "raised.print": (
            "`print` is a function: what it prints stands in parentheses. Write `print(x)`."
        ),
        "raised.keyword_first": (
            "an argument without a name stands behind one with a name. Put those with `name=` last."
        ),
    }
)
