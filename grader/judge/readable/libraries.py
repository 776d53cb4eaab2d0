"""The files of a library, and of the libraries that it requires, as their installers noted them.

A folder of a library is granted as a whole: single files would be fifteen thousand for torch. A
folder that several share (``nvidia``) holds nothing but folders, and is granted by these.
"""

from __future__ import annotations

import csv
import email
import importlib.util
import os
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from importlib import metadata
from importlib.machinery import PathFinder

from grader.judge.readable.shared import SHARED_LIBRARY

_METADATA = (".dist-info", ".egg-info", ".pth")
_CACHE = "__pycache__"

Parts = tuple[str, ...]
Module = tuple[str | None, list[str] | None]
"""The file of a module or None, and the folders of a package or None."""


@dataclass
class Libraries:
    """What libraries consist of, by places in a site-packages, which may be links."""

    places: list[str] = field(default_factory=list)
    modules: dict[str, Module] = field(default_factory=dict)
    # The version of each distribution, and the folder in which it is installed.
    versions: dict[str, tuple[str, str]] = field(default_factory=dict)
    compiled: list[str] = field(default_factory=list)  # of those places, or elsewhere
    samples: list[str] = field(default_factory=list)  # the first files of the libraries asked for


def find_libraries(names: Iterable[str]) -> Libraries:
    """Return what these libraries, by the names they are imported by, consist of."""
    found = Libraries()
    for name in names:
        spec = importlib.util.find_spec(name)
        if spec is None or spec.origin is None:
            continue
        found.samples.append(spec.origin)
        site, _ = os.path.split(os.path.dirname(spec.origin))  # noqa: PTH120 - as it is spelt there
        _add(found, site, name, set())
        if name not in found.modules:  # installed by nobody who took notes
            _add_place(found, site, (name,))
            _add_place(found, site, (f"{name}.libs",))
    return found


def _add(found: Libraries, site: str, name: str, extras: set[str]) -> None:
    """Add a distribution, from this site-packages if it is there, and what it requires."""
    installed = next(_installed(site, name), None)
    if installed is None:
        return
    # What follows the first empty line, a whole README, would take most of the time.
    told = installed.read_text("METADATA") or installed.read_text("PKG-INFO") or ""
    header = email.message_from_string(told.partition("\n\n")[0])
    known = header["Name"] in found.versions
    if known and not extras:
        return
    if not known:
        found.versions[header["Name"]] = (header["Version"], str(installed.locate_file("")))
        _add_files(found, installed)
    lines = header.get_all("Requires-Dist", [])
    for requirement, its_extras in _required(lines, extras) if lines else ():
        _add(found, site, requirement, its_extras)


def _installed(site: str, name: str) -> Iterator[metadata.Distribution]:
    yield from metadata.distributions(name=name, path=[site])
    yield from metadata.distributions(name=name)


def _required(lines: list[str], extras: set[str]) -> Iterator[tuple[str, set[str]]]:
    from packaging.requirements import Requirement  # noqa: PLC0415 - NumPy requires nothing

    for line in lines:
        wanted = Requirement(line)
        chosen = [{"extra": extra} for extra in ("", *extras)]
        if wanted.marker is None or any(map(wanted.marker.evaluate, chosen)):
            yield wanted.name, wanted.extras


def _add_files(found: Libraries, installed: metadata.Distribution) -> None:
    site = str(installed.locate_file(""))
    below: defaultdict[str, list[Parts]] = defaultdict(list)
    for parts in _rows(installed):
        if SHARED_LIBRARY.search(parts[-1]):
            found.compiled.append(os.path.normpath(os.path.join(site, *parts)))  # noqa: PTH118
        if parts[0] not in {"..", _CACHE, ""} and not parts[0].endswith(_METADATA):
            below[parts[0]].append(parts)
    for granted in _whole((), below.values()):
        _add_place(found, site, granted)


def _whole(above: Parts, groups: Iterable[list[Parts]]) -> Iterator[Parts]:
    """Yield the uppermost folders that hold files, and the files that lie in none."""
    for group in groups:
        here = (*above, group[0][len(above)])
        depth = len(here)
        if any(len(parts) <= depth + 1 for parts in group):
            yield here
            continue
        below: defaultdict[str, list[Parts]] = defaultdict(list)
        for parts in group:
            below[parts[depth]].append(parts)
        yield from _whole(here, below.values())


def _rows(installed: metadata.Distribution) -> Iterator[Parts]:
    """Yield the paths of a distribution's files, in parts."""
    record = installed.read_text("RECORD")
    if record:
        yield from (tuple(row[0].split("/")) for row in csv.reader(record.splitlines()) if row)
    else:
        yield from (file.parts for file in installed.files or ())


def _add_place(found: Libraries, site: str, parts: Parts) -> None:
    place = os.path.join(site, *parts)  # noqa: PTH118 - as it is spelt there
    if not os.path.exists(place):  # noqa: PTH110 - raises nothing
        return
    found.places.append(place)
    if place.endswith(".py"):
        compiled = importlib.util.cache_from_source(place)
        found.places += filter(os.path.exists, [compiled])
    name = parts[0].split(".", 1)[0]
    if name.isidentifier() and name not in found.modules and not parts[0].endswith(".libs"):
        spec = PathFinder.find_spec(name, [site])
        if spec is not None:
            folders = spec.submodule_search_locations
            origin = spec.origin if spec.has_location else None
            found.modules[name] = (origin, None if folders is None else list(folders))
