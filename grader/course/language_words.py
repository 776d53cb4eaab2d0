"""Words by which others name things in a language: titles of columns, states, names of folders.

Each language has its own in i18n/<lang>/words.yaml, so that the code names none.
"""

from __future__ import annotations

import re
from functools import cache

from pydantic import RootModel

from grader.course.languages import LANGUAGES, folder_of
from grader.course.yaml_files import parse_yaml, read_text, validated

FILE = "words.yaml"

Words = dict[str, dict[str, list[str]]]


@cache
def words_of(lang: str) -> Words:
    """Return the words of a language by group and name; none where it has no such file.

    Raises:
        CourseError: the file is broken.

    """
    file = folder_of(lang) / FILE
    if not file.is_file():
        return {}
    return validated(RootModel[Words], parse_yaml(read_text(file), file), file).root


@cache
def words(group: str, name: str) -> tuple[str, ...]:
    """Return the words of all languages for one thing, English first.

    Raises:
        CourseError: as for `words_of`.

    """
    found = (words_of(lang).get(group, {}).get(name, ()) for lang in LANGUAGES)
    return tuple(word for own in found for word in own)


def pattern(group: str, *names: str) -> str:
    """Return a regular expression of any of the words, in which ``*`` stands for any letters.

    Raises:
        CourseError: as for `words`.

    """
    found = (word for name in names for word in words(group, name))
    return "|".join(re.escape(word).replace(r"\*", r"\w*") for word in found)
