"""Metavariables, the words in capitals that represent values, in the reader's language.

click derives them from the names of parameters: they are in no text that could be translated as a
whole. Its additions to the help of an option, such as the default, are translated here as well.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import click

from grader.course.languages import msgid
from grader.course.phrases import in_a_row

if TYPE_CHECKING:
    from grader.course.languages import Translator

WORDS = {
    "OPTIONS": msgid("OPTIONS"),
    "COMMAND": msgid("COMMAND"),
    "ARGS": msgid("ARGS"),
    "EXERCISE": msgid("EXERCISE"),
    "EXERCISES": msgid("EXERCISES"),
    "FILE": msgid("FILE"),
    "FOLDER": msgid("FOLDER"),
    "ADDRESS": msgid("ADDRESS"),
    "DIR": msgid("DIR"),
    "SOURCE": msgid("SOURCE"),
    "STUDENT": msgid("STUDENT"),
    "INTO": msgid("INTO"),
    "POINTS": msgid("POINTS"),
    "NUMBER": msgid("NUMBER"),
    "FORMAT": msgid("FORMAT"),
    "LEVEL": msgid("LEVEL"),
    "LANG": msgid("LANG"),
    "WHO": msgid("WHO"),
    "WHAT": msgid("WHAT"),
    "NAME": msgid("NAME"),
    "SYSTEM": msgid("SYSTEM"),
    "TITLE": msgid("TITLE"),
    "DEVICE": msgid("DEVICE"),
    "TEXT": msgid("TEXT"),
    "POLICY": msgid("POLICY"),
    "UNIT": msgid("UNIT"),
    "CHECK": msgid("CHECK"),
    "SHELL": msgid("SHELL"),
    "PLATFORM": msgid("PLATFORM"),
    "GRADES": msgid("GRADES"),
}
# The same in every language: EX, CSV, URL, N.
_WORD = re.compile(r"[A-Z]{3,}")
_DEFAULT, _VARIABLE = "default: ", "env var: "


def in_words(text: str, t: Translator) -> str:
    """Return a part of a usage line with its words in a language."""
    return _WORD.sub(lambda word: t(WORDS.get(word[0], word[0])), text)


def name_of(parameter: click.Parameter, t: Translator) -> str:
    """Return the name of a parameter in the usage line."""
    if isinstance(parameter, click.Option):
        return parameter.opts[0]
    return in_words(parameter.metavar or str(parameter.name).upper(), t)


def help_record(option: click.Option, ctx: click.Context, t: Translator) -> tuple[str, str] | None:
    """Return the help of an option: how it is typed, and what it does; None if hidden."""
    record = option.get_help_record(ctx)
    if record is None:
        return None
    names, told = record
    text = t(option.help, choices=_choices(option)) if option.help else ""
    added = told.removeprefix(option.help or "").strip()  # in brackets, if there is anything
    if added:
        items = in_a_row((_added(item, t) for item in added[1:-1].split("; ")), t)
        text = f"{text}  [{items}]".lstrip()
    return in_words(names, t), text


def _choices(option: click.Option) -> str:
    """Return the choices of an option, for the placeholder ``{{choices}}`` of its help."""
    return ", ".join(option.type.choices) if isinstance(option.type, click.Choice) else ""


def _added(item: str, t: Translator) -> str:
    """Return click's addition to the help of an option; a bound is a formula and stays."""
    if item.startswith(_DEFAULT):
        return t("default: {{value}}", value=item.removeprefix(_DEFAULT))
    if item.startswith(_VARIABLE):
        return t("variable: {{name}}", name=item.removeprefix(_VARIABLE))
    return t("required") if item == "required" else item
