"""Syntax errors of YAML, in the words of its author.

A parser speaks of tokens and blocks, in English. The commonest of its findings have a sentence
here, the others share one: file and line precede it.
"""

from __future__ import annotations

import re

from grader.course.languages import msgid
from grader.course.phrases import Phrase, phrase

# Patterns of the messages of PyYAML and libyaml, which differ in a few words.
_PROBLEMS = {
    r"did not find expected ',' or '\]'|expected ',' or '\]'": msgid(
        "a list is not closed, or a comma is missing in it"
    ),
    r"did not find expected ',' or '\}'|expected ',' or '\}'": msgid(
        "a mapping in braces is not closed, or a comma is missing in it"
    ),
    r"did not find expected key|expected <block end>|did not find expected '-' indicator": msgid(
        "this line does not fit the lines above it: look at its indentation"
    ),
    r"mapping values are not allowed": msgid(
        "there is a colon too many: text that holds one stands in quotation marks"
    ),
    r"could not find expected ':'|simple key": msgid("there is a name without a colon behind it"),
    r"(?:found character|found a tab).*(?:cannot start any token|indentation)|tab character": msgid(
        "there is a tab or a sign that no value can begin with: indent with spaces, and put the "
        "value in quotation marks"
    ),
    r"found unexpected end of stream|unexpected end of stream": msgid(
        "a quotation mark is not closed"
    ),
    r"unknown escape character|escape sequence": msgid(
        "there is a backslash that means nothing: use single quotation marks, or write it twice"
    ),
    r"undefined alias": msgid("there is a sign * before a name that no anchor & has"),
    r"undefined tag|could not determine a constructor|unknown tag": msgid(
        "there is a tag, a word with a sign ! before it, that means nothing here"
    ),
    r"unhashable|unacceptable key": msgid("a list or a mapping stands in place of a name"),
    r"special characters are not allowed|control characters are not allowed": msgid(
        "there is a control character in it"
    ),
    r"expected a single document|expected <document start>|expected '<document start>'": msgid(
        "there is more than one document in it"
    ),
}


def yaml_problem(error: Exception) -> Phrase:
    """Return the syntax error that a YAML parser reports."""
    said = str(getattr(error, "problem", None) or getattr(error, "context", None) or error)
    for pattern, message in _PROBLEMS.items():
        if re.search(pattern, said):
            return Phrase(message)
    return phrase("it is not YAML")
