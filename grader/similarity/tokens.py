"""A source as the tokens that stay the same when names, comments and layout are changed."""

from __future__ import annotations

import io
import keyword
import tokenize
from dataclasses import dataclass

_DROPPED = {
    tokenize.COMMENT,
    tokenize.NL,
    tokenize.ENCODING,
    tokenize.ENDMARKER,
    tokenize.INDENT,
    tokenize.DEDENT,
}
MOST = 20_000
"""Tokens of a source that are compared."""


@dataclass(frozen=True)
class Token:
    """A token in its normal form, and its line, from 1."""

    text: str
    line: int


def tokens_of(source: str) -> list[Token]:
    """Return the tokens of a source, up to where Python cannot read it.

    A name is any name, unless it is behind a dot or called: those of libraries stay. Strings that
    are statements of their own (docstrings) and imports are left out.
    """
    found: list[Token] = []
    statement: list[tokenize.TokenInfo] = []
    try:
        for token in tokenize.generate_tokens(io.StringIO(source).readline):
            if token.type in _DROPPED:
                continue
            if token.type != tokenize.NEWLINE:
                statement.append(token)
                continue
            found += _normal(statement)
            statement = []
            if len(found) > MOST:
                break
    except (tokenize.TokenError, SyntaxError):
        pass  # what comes before is compared all the same
    return found[:MOST]


def _normal(statement: list[tokenize.TokenInfo]) -> list[Token]:
    """Return the normal form of one logical line."""
    words = [token.string for token in statement]
    if words[:1] in (["import"], ["from"]):
        return []
    if all(token.type == tokenize.STRING for token in statement):
        return []
    tokens = []
    for at, token in enumerate(statement):
        text = token.string
        if token.type == tokenize.STRING:
            text = "''"
        elif token.type == tokenize.NAME and not keyword.iskeyword(text):
            dotted = at > 0 and words[at - 1] == "."
            called = at + 1 < len(words) and words[at + 1] == "("
            text = text if dotted or called else "name"
        tokens.append(Token(text, token.start[0]))
    return [*tokens, Token(";", statement[-1].end[0])] if tokens else []
