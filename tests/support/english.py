"""Finds English in what is printed in another language."""

import re

# Words that no French sentence has, nor a Russian one; none of them is a name of ours.
_WORDS = """
    the is not of and with are was were been cannot there this that these those it its to from by
    your you must should has have had does did which what when where who whose such than then here
    only every each any some other be as at if can could would may might will because while into
    without found needs takes holds named expected invalid unable requires required
"""
_ENGLISH = frozenset(_WORDS.split())
_WORD = re.compile(r"[A-Za-zÀ-ÿЀ-ӿ]+(?:['’][A-Za-zÀ-ÿ]+)?")
# What is quoted is somebody's own words: code, Python's messages, names, paths, addresses.
_QUOTED = re.compile(
    r"```.*?```|`[^`]*`|«[^»]*»|“[^”]*”|\"[^\"]*\"|(?<!\w)'[^'\n]*'(?!\w)|\([^()]*=[^()]*\)",
    re.DOTALL,
)
_NAMES = re.compile(r"\S*[/_=.:\\<>@$\[\]{}]\S+|--?[a-z-]+|\S+\.(?:py|yaml|md|json|csv)\b")
_LIST = re.compile(r"(?:[\w-]+, )+(?:[\w-]+|…)")  # the values that an option takes


def english_in(text: str) -> list[str]:
    """Return the lines that hold English words, with the words, outside of what is quoted."""
    found = []
    for line in _QUOTED.sub(" ", text).splitlines():
        words = {word for word in _WORD.findall(_NAMES.sub(" ", line)) if word in _ENGLISH}
        if words:
            found.append(f"{line.strip()}  ← {', '.join(sorted(words))}")
    return found


def untranslated(english: str, translated: str) -> list[str]:
    """Return lines of several words, none of them quoted, that are the same in two languages."""
    same = set(map(str.strip, english.splitlines())) & set(map(str.strip, translated.splitlines()))
    return [line for line in sorted(same) if len(_prose(line)) > 2]


def _prose(line: str) -> list[str]:
    plain = _LIST.sub(" ", _NAMES.sub(" ", _QUOTED.sub(" ", line)))
    return re.findall(r"\b[a-z]{2,}\b", plain)
