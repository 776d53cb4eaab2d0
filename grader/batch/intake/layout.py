"""The layout of a source: a system's download, or a tree of folders of any origin."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from grader.batch.errors import BatchError
from grader.batch.intake.detect_lms import believed, few, mixed, votes
from grader.batch.intake.generic_layout import Tree, drop_first_part, one_folder, strip_wrapper
from grader.batch.lms.registry import systems
from grader.batch.models import TREES
from grader.batch.name_words import gathers
from grader.judge.reading.submission import ANSWERS

if TYPE_CHECKING:
    from grader.batch.intake.exercises import Exercises
    from grader.batch.intake.source_files import SourceFile, SourceFiles
    from grader.batch.lms.ownership import OwnedFile, Owner
    from grader.batch.roster import Roster

_WRAPPERS = 3  # folders around a download: of the teacher's, or made by unpacking
_SAMPLE = 2_000  # files that are examined to detect several downloads in one source


class Layouts:
    """Detects the layout of a source; ``named``: the one that the teacher gives."""

    def __init__(self, wanted: Exercises, listed: Roster | None, source: str, named: str) -> None:
        self._wanted = wanted
        self._listed = listed
        self._source = source
        self._named = named

    def read(self, entries: SourceFiles) -> tuple[list[OwnedFile], list[Owner]]:
        """Return the files by the layout, and all owners that it lists.

        Raises:
            BatchError: no layout explains all but a few, or the one named does not.

        """
        if self._named not in TREES:
            found = self._of_a_system(entries.files)
            if found is not None:
                return found
            if self._named:
                raise self._unfit()
        return self._of_a_tree(entries), []

    def _of_a_system(self, files: list[SourceFile]) -> tuple[list[OwnedFile], list[Owner]] | None:
        for candidate in self._candidates(files):
            for name, system in systems().items():
                contents = system.contents(candidate) if self._named in {"", name} else None
                if contents is not None:
                    return list(contents[0]), list(contents[1])
            count = votes(candidate)
            name = believed(count)
            if name and self._named in {"", name}:
                owned = systems()[name].owned(candidate, self._listed)
                return [self._in_context(one) for one in owned], []
            if not self._named and (several := mixed(count)):
                titles = ", ".join(several)
                raise BatchError("batch.layout_mixed", file=self._source, systems=titles)
        if not self._named:
            self._refuse_several(files)
        return None

    def _candidates(self, files: list[SourceFile]) -> list[list[SourceFile]]:
        """Return the files, and the same without the folders around all of them."""
        found = [files]
        for _ in range(_WRAPPERS):
            if not one_folder(files) or self._knows(files[0].parts[0]):
                break
            files = drop_first_part(files)
            found.append(files)
        return found

    def _in_context(self, one: OwnedFile) -> OwnedFile:
        """Let a folder around a download identify the exercise."""
        named = (self._wanted.exercise_of_folder(part) for part in one.entry.above)
        return replace(one, given=(*filter(None, named), *one.given))

    def _refuse_several(self, files: list[SourceFile]) -> None:
        """Refuse downloads of several assignments beside each other: their numbers differ."""
        below = [entry for entry in files if len(entry.parts) > 1][:_SAMPLE]
        groups: dict[str, list[SourceFile]] = {}
        for entry in below:
            groups.setdefault(entry.parts[0], []).extend(drop_first_part([entry]))
        names = {believed(votes(group)) for group in groups.values()}
        strange = any(self._knows(name) for name in groups)
        if len(groups) > 1 and len(names) == 1 and "" not in names and not strange:
            title = systems()[names.pop()].title
            raise BatchError("batch.layout_several", file=self._source, system=title)

    def _of_a_tree(self, entries: SourceFiles) -> list[OwnedFile]:
        files = strip_wrapper(entries.files, entries.stem, self._knows)
        repositories = self._named == "github-classroom" or any(
            "/.git" in refused.file for refused in entries.refused
        )
        tree = Tree(
            self._wanted,
            self._listed,
            repositories=repositories,
            flat=self._named == "files",
            deep=self._named == "folders",
        )
        owned = tree.owned(files)
        self._refuse_strange(owned)
        return owned

    def _refuse_strange(self, owned: list[OwnedFile]) -> None:
        """Refuse a tree that is not as named, or whose owners are mostly not on the roster.

        It may be the download of an unsupported system.
        """
        answers = [one for one in owned if one.given[-1].lower().endswith(ANSWERS)]
        versions = self._named == "submitty"
        odd = sum(one.owner is None or (versions and not one.upload) for one in answers)
        if self._named and odd > few(len(answers)):
            raise self._unfit()
        if self._named or self._listed is None:
            return
        owners = {one.owner for one in answers if one.owner is not None}
        known = sum(self._knows(owner.key) for owner in owners)
        strange = len(owners) - known
        if strange > known and strange > few(len(owners)):
            found = len(owners)
            raise BatchError("batch.layout_unknown", file=self._source, known=known, n=found)

    def _knows(self, part: str) -> bool:
        return self._listed is not None and self._listed.knows(part) and not gathers(part)

    def _unfit(self) -> BatchError:
        system = systems().get(self._named)
        title = self._named if system is None else system.title
        return BatchError("batch.layout_unfit", file=self._source, layout=title)
