"""Messages of Python's parser."""

from __future__ import annotations

from grader.judge.feedback.explained.rule import rule

_SIGN = r"(?P<sign>[()\[\]{}])"

SYNTAX = (
    rule("raised.never_closed", rf"'{_SIGN}' was never closed"),
    rule("raised.unmatched", rf"(?:f-string: )?unmatched '{_SIGN}'"),
    rule(
        "raised.mismatched",
        rf"(?:f-string: )?closing parenthesis '{_SIGN}' does not match opening parenthesis "
        r"'(?P<opened>[(\[{])'",
    ),
    rule("raised.unterminated_triple", r"unterminated triple-quoted |EOF while scanning triple"),
    rule(
        "raised.unterminated",
        r"unterminated (?:f-string|t-string|string|bytes) literal|EOL while scanning string|"
        r"f-string: expecting '\}'",
    ),
    rule("raised.colon", r"expected ':'"),
    rule("raised.compare", r".{0,200}Maybe you meant '==' or ':='|.{0,200}Maybe you meant '=='"),
    rule("raised.target", r"cannot (?:assign to|delete) |.{0,80}is an illegal expression for aug"),
    rule("raised.comma", r"invalid syntax\. (?:Perhaps|Is it possible) you forgot a comma"),
    rule("raised.number", r"invalid (?:decimal|hexadecimal|octal|binary|imaginary) literal"),
    rule("raised.block", r"expected an indented block"),
    rule("raised.indent", r"unexpected indent"),
    rule("raised.unindent", r"unindent does not match|unexpected unindent"),
    rule("raised.tabs", r"inconsistent use of tabs and spaces"),
    rule("raised.outside", r"'(?P<word>return|yield|await|break|yield from)' outside "),
    rule("raised.outside", r"'(?P<word>continue)' not properly in loop"),
    rule("raised.invisible", r"invalid non-printable character (?P<sign>U\+[0-9A-F]{4,6})"),
    rule("raised.sign", r"invalid character '(?P<sign>.)' \((?P<code>U\+[0-9A-F]{4,6})\)"),
    rule("raised.print", r"Missing parentheses in call to 'print'"),
    rule("raised.keyword_first", r"positional argument follows keyword argument"),
)
