"""The attacks: files of Python, each with a docstring that ends in lines ``name: value``."""

import ast
import re
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from grader.wire.levels import NO_OPEN, Level

HERE = Path(__file__).resolve().parents[1] / "attacks"
FAMILIES = ("forging", "tampering", "path", "stealing", "fooling", "gaming", "resources", "timing")
FIELDS = ("family", "honest", "exercise", "seed", "limits", "landlock", "status", "needs")
_LINE = re.compile(rf"^({'|'.join((*FIELDS, 'unprotected'))}): (.+)$", re.MULTILINE)


@dataclass(frozen=True)
class Attack:
    """One cheat: a submission that deserves ``honest`` points of ``exercise``."""

    path: Path
    summary: str  # the first sentence of its docstring
    family: str
    kind: str  # the family and what is special about it
    honest: Decimal
    exercise: str
    secret_seed: bool  # judged under a seed that nobody knows, as in a batch
    limits: str  # "usual", or "short" where a time limit is waited out
    landlock: tuple[int, ...]  # versions of Landlock to judge it with; empty: the machine's
    status: str | None  # the exact status of the report
    needs: int  # the lowest isolation level that stops it
    unprotected: str | None  # why it cannot be stopped: ``honest`` is then what it gets

    @property
    def name(self) -> str:
        """The name of its file, without ending."""
        return self.path.stem

    @property
    def source(self) -> str:
        """The submission."""
        return self.path.read_text(encoding="utf-8")


def attacks() -> list[Attack]:
    """Return all attacks, by name."""
    files = sorted(path for family in FAMILIES for path in HERE.glob(f"{family}_*.py"))
    return [_attack(path) for path in files]


def _attack(path: Path) -> Attack:
    docstring = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    fields = dict(_LINE.findall(docstring))
    prose = " ".join(docstring.split("\n\n")[0].split())
    return Attack(
        path=path,
        summary=prose,
        family=path.name.split("_")[0],
        kind=fields["family"],
        honest=Decimal(fields["honest"]),
        exercise=fields.get("exercise", "ex11"),
        secret_seed=fields.get("seed") == "secret",
        limits=fields.get("limits", "usual"),
        landlock=tuple(map(int, fields.get("landlock", "").replace(",", " ").split())),
        status=fields.get("status"),
        needs=Level.named(fields.get("needs", NO_OPEN.label)),
        unprotected=fields.get("unprotected"),
    )
