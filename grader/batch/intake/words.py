"""Common names of files and folders."""

from __future__ import annotations

import re

from grader.batch.intake.times import stamp, without_stamp
from grader.judge.reading.submission import ANSWERS

# Suffixes of files that may contain an answer.
HANDED_IN = (*ANSWERS, ".zip", ".tar", ".tar.gz", ".tgz", ".py.txt", ".ipynb.txt")
# Groups, weeks, sheets: folders of systems and teachers. A number or a letter may follow.
_GATHERED = (
    *("group", "groupe", "grp", "section", "sect", "class", "classe", "course", "cours"),
    *("week", "semaine", "td", "tp", "tutorial", "lab", "labo", "session", "séance"),
    *("seance", "sheet", "feuille", "série", "serie", "unit", "unité", "module", "part", "partie"),
    *("assignment", "assignments", "homework", "homeworks", "hw", "devoir", "devoirs", "rendu"),
    *(
        "rendus",
        "submitted files",
        "working files",
        "submissions",
        "handin",
        "handins",
        "students",
        "étudiants",
    ),
    *("exercises", "exercices", "упражнения", "задания", "группа", "гр", "неделя", "семинар"),
    *("занятие", "лабораторная", "лаба", "раздел", "секция", "поток", "класс", "курс", "модуль"),
    *("работы", "решения", "студенты"),
)
_SHORT = r"gr\.? ?(?=[0-9a-z])"
_GATHERING = re.compile(
    rf"(?:{'|'.join(_GATHERED)}|{_SHORT})(?:[ _.-]*(?:n°|№|#)?[ _.-]*(?:[0-9]{{1,4}}|[a-zа-я]))?"
    r"(?:[ _.-]+[0-9]{1,3})?",
    re.IGNORECASE,
)
_VERSION = re.compile(
    r"(?:(?:attempt|submission|version|essai|tentative|rendu|попытка|версия)[ _.-]*)?[0-9]{1,4}",
    re.IGNORECASE,
)
# Folder names that students and their tools use within a solution.
_INNER = frozenset(
    (
        *(
            "src",
            "source",
            "sources",
            "code",
            "lib",
            "libs",
            "data",
            "test",
            "tests",
            "docs",
            "doc",
        ),
        *("img", "images", "figures", "plots", "old", "backup", "bak", "archive", "final", "venv"),
        *("env", "notebook", "notebooks", "utils", "helpers", "solution", "solutions", "build"),
        *("ancien", "données", "brouillon", "код", "старое", "данные", "решение", "results"),
    )
)


def gathers(part: str) -> bool:
    """Return True if a folder's name is that of a section, a week or a sheet."""
    return _GATHERING.fullmatch(part.strip()) is not None


def is_version(part: str) -> bool:
    """Return True if a folder's name is that of a version, as systems write them."""
    text = part.strip()
    stamped = stamp(text) is not None and not without_stamp(text).strip(" _-.")
    return stamped or _VERSION.fullmatch(text) is not None


def is_inner(part: str) -> bool:
    """Return True if a folder's name is one that students use within their own folder."""
    return part.strip().casefold() in _INNER
