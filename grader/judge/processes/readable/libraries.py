"""The files of a library and of its requirements, as their installers recorded them.

A folder of a library is granted as a whole: torch has fifteen thousand files. A folder that several
libraries share (``nvidia``) contains only folders, and these are granted instead.
"""

from __future__ import annotations

import csv
import email
import importlib.util
import os
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from importlib import metadata
from importlib.machinery import PathFinder

from grader.judge.processes.readable.shared_libraries import SHARED_LIBRARY

_METADATA = (".dist-info", ".egg-info", ".pth")
_CACHE = "__pycache__"

Module = tuple[str | None, list[str] | None]
"""The file of a module or None, and a package's folders or None."""


@dataclass
class Libraries:
    """The parts of libraries, as paths in a site-packages, which may be symbolic links."""

    places: list[str] = field(default_factory=list)
    modules: dict[str, Module] = field(default_factory=dict)
    # The version of each distribution, and the folder in which it is installed.
    versions: dict[str, tuple[str, str]] = field(default_factory=dict)
    compiled: list[str] = field(default_factory=list)  # of those places, or elsewhere
    # The files that installers have recorded, and the folders that contain them.
    noted: set[str] = field(default_factory=set)
    samples: list[str] = field(default_factory=list)  # the first file of each requested library


def find_libraries(names: Iterable[str]) -> Libraries:
    """Return the parts of these libraries, given by the names under which they are imported."""
    found = Libraries()
    for name in names:
        spec = importlib.util.find_spec(name)
        if spec is None or spec.origin is None:
            continue
        found.samples.append(spec.origin)
        site, _ = os.path.split(os.path.dirname(spec.origin))  # noqa: PTH120 - as it is spelt there
        _add(found, site, name, set())
        if name not in found.modules:  # installed without a RECORD
            _add_place(found, site, name)
            _add_place(found, site, f"{name}.libs")
    return found


def _add(found: Libraries, site: str, name: str, extras: set[str]) -> None:
    """Add a distribution, from this site-packages if it is there, and its requirements."""
    installed = next(_installed(site, name), None)
    if installed is None:
        return
    # The headers end at the first empty line; parsing the README behind would take most of the
    # time.
    metadata = installed.read_text("METADATA") or installed.read_text("PKG-INFO") or ""
    header = email.message_from_string(metadata.partition("\n\n")[0])
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
        if not extras and "extra ==" in line and " or " not in line:  # often a hundred
            continue
        wanted = Requirement(line)
        chosen = [{"extra": extra} for extra in ("", *extras)]
        if wanted.marker is None or any(map(wanted.marker.evaluate, chosen)):
            yield wanted.name, wanted.extras


def _add_files(found: Libraries, installed: metadata.Distribution) -> None:
    site = str(installed.locate_file(""))
    paths = _paths(installed)
    _note(found.noted, site, paths)
    compiled = (path for path in paths if ".so" in path and SHARED_LIBRARY.search(path))
    found.compiled += (os.path.normpath(f"{site}/{path}") for path in compiled)
    for granted in whole(paths):
        top = granted.partition("/")[0]
        if top not in {"..", _CACHE, ""} and not top.endswith(_METADATA):
            _add_place(found, site, granted)


def _note(noted: set[str], site: str, paths: Iterable[str]) -> None:
    for path in paths:
        noted.add(f"{site}/{path}")
        folder = path.rpartition("/")[0]
        while folder and (place := f"{site}/{folder}") not in noted:
            noted.add(place)
            folder = folder.rpartition("/")[0]


def whole(paths: Collection[str], above: str = "") -> Iterator[str]:
    """Yield the topmost folders that directly contain files, and files in none of these."""
    folders: dict[str, bool] = {}  # whether it directly contains files
    for path in paths:
        top, inside, rest = path[len(above) :].partition("/")
        if not inside:
            yield path
        elif not folders.get(top):
            folders[top] = "/" not in rest
    for top, holds_files in folders.items():
        here = f"{above}{top}"
        if holds_files:
            yield here
        else:
            yield from whole([path for path in paths if path.startswith(f"{here}/")], f"{here}/")


def _paths(installed: metadata.Distribution) -> list[str]:
    """Return the paths of a distribution's files, relative to its site-packages."""
    record = installed.read_text("RECORD")
    if not record:
        return [file.as_posix() for file in installed.files or ()]
    lines = record.splitlines()
    # A csv reader takes five times as long; few lines need one.
    plain = [line.partition(",")[0] for line in lines if not line.startswith('"')]
    return plain + [row[0] for row in csv.reader(line for line in lines if line.startswith('"'))]


def _add_place(found: Libraries, site: str, path: str) -> None:
    place = f"{site}/{path}"
    if not os.path.exists(place):  # noqa: PTH110 - raises nothing
        return
    found.places.append(place)
    if place.endswith(".py"):
        compiled = importlib.util.cache_from_source(place)
        found.places += filter(os.path.exists, [compiled])
    top = path.partition("/")[0]
    name = top.partition(".")[0]
    if name.isidentifier() and name not in found.modules and not top.endswith(".libs"):
        spec = PathFinder.find_spec(name, [site])
        if spec is not None:
            folders = spec.submodule_search_locations
            origin = spec.origin if spec.has_location else None
            found.modules[name] = (origin, None if folders is None else list(folders))
