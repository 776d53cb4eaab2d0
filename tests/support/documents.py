"""The documents of this repository, and what stands in them: blocks, prose, tables, sections."""

import re
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PLACES = ("*.md", "docs/*.md", "docs/decisions/*.md", "tests/arena/*.md", "exercises/data/*.md")
FENCE = re.compile(
    r"^(?P<fence>`{3,})(?P<lang>\w*)\n(?P<body>.*?)^(?P=fence)$", re.MULTILINE | re.DOTALL
)


def _name(path: Path) -> str:
    """Return what a document is called here: its path, without `docs/` for those right in it."""
    inside = path.relative_to(ROOT)
    return path.name if str(inside.parent) == "docs" and path.stem != "README" else str(inside)


DOCS = {_name(path): path for place in PLACES for path in sorted(ROOT.glob(place))}


@dataclass(frozen=True)
class Block:
    """A fenced block and the paragraph above it."""

    above: str
    lang: str
    body: str

    @property
    def file(self) -> str | None:
        """The file that the reader is to write, if this block is one."""
        match = re.fullmatch(r"\*\*`([^`]+)`\*\*", self.above)
        return None if match is None else match[1]

    @property
    def quoted(self) -> str | None:
        """The file of the repository that this block is taken from, if any."""
        match = re.search(r"From `([^`]+)`:$", self.above)
        return None if match is None else match[1]

    @property
    def commands(self) -> list[list[str]]:
        """The commands of a console block, each with the lines shown below it."""
        parts = re.split(r"^\$ ", self.body, flags=re.MULTILINE)[1:]
        return [part.split("\n", 1) for part in parts]


def text(document: str) -> str:
    """Return a document as it stands."""
    return DOCS[document].read_text(encoding="utf-8")


def blocks(document: str) -> list[Block]:
    """Return the fenced blocks of a document, in order."""
    whole = text(document)
    return [
        Block(
            whole[: match.start()].rstrip().rsplit("\n\n", 1)[-1].replace("\n", " "),
            match["lang"],
            match["body"],
        )
        for match in FENCE.finditer(whole)
    ]


def prose(document: str) -> str:
    """Return a document without its fenced blocks."""
    return FENCE.sub("", text(document))


def section(document: str, heading: str) -> str:
    """Return what stands below a heading, up to the next one of its rank or above."""
    whole = text(document)
    headings = FENCE.sub(lambda block: " " * len(block[0]), whole)  # a `#` there is a comment
    found = re.search(rf"^(#+) {re.escape(heading)}\n", headings, re.MULTILINE)
    assert found, heading
    after = re.compile(rf"^#{{1,{len(found[1])}}} ", re.MULTILINE).search(headings, found.end())
    return whole[found.end() : after.start() if after else None]


def table(document: str, heading: str) -> list[list[str]]:
    """Return the rows of the first table below a heading, without its head."""
    found = re.search(r"(?:^\|.*\n)+", section(document, heading), re.MULTILINE)
    assert found, heading
    rows = found[0].splitlines()[2:]
    return [[cell.strip() for cell in row.strip("|").split(" | ")] for row in rows]
