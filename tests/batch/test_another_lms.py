"""A learning system is a file for what it gives and one for what it takes: no other changes."""

import json
import sys

import pytest
from support.text_blocks import block
from support.tree import Tree

from grader.batch.lms import downloads
from grader.batch.lms.download import Download
from grader.batch.lms.registry import export_names, export_of, format_class, format_names, systems

DOWNLOAD = '''"""Campus, a system of this test: ``campus=aone=Ada One=ex01.py``."""

import re

from grader.batch.lms.ownership import OwnedFile, Owner
from grader.batch.lms.download import Download

_NAME = re.compile(r"campus=(?P<user>\\w+)=(?P<name>[^=]+)=(?P<file>.+)")


class Campus(Download):
    """Names of files as Campus gives them."""

    title = "Campus"
    example = ("campus=aone=Ada One=ex11.py",)

    def mark(self, entry, /):
        found = _NAME.fullmatch(entry.parts[0])
        return None if found is None else (found.start("user"), found["user"])

    def owned(self, entries, _listed, /):
        return [self._owned(entry) for entry in entries]

    def _owned(self, entry):
        found = _NAME.fullmatch(entry.parts[0])
        if found is None:
            return OwnedFile(entry, None, entry.parts)
        return OwnedFile(entry, Owner((found["user"],), found["name"]), (found["file"],))
'''
EXPORT = '''"""Campus: a line for each student."""

from grader.batch.lms.export import Export
from grader.batch.outputs.csv_file import write_table
from grader.batch.outputs.final_rows import ExportResult, latest_attempts, number
from grader.course.phrases import phrase


class CampusExport(Export):
    """The table that Campus imports."""

    title = "Campus"
    writes = "campus.csv"
    template = "required"
    comments = True

    def write(self, rows, grades, out):
        found = [row for row in latest_attempts(rows, grades) if row.reached is not None]
        lines = [[row.student, row.exercise, number(row.reached)] for row in found]
        write_table([self.task.template.read_text().split(), *lines], out / self.writes)
        return ExportResult("campus", grades=len(lines), changed=len(lines))

    @classmethod
    def preview(cls, changed, /):
        return (phrase("Campus must show {{n}} lines.", n=changed),)
'''
FILES = {
    "campus=aone=Ada One=ex01.py": block("""
        def double(x):
            return 2 * x
    """),
    "campus=btwo=Bob Two=ex01.py": block("""
        def double(x):
            return x * x
    """),
}


@pytest.fixture(scope="module")
def tree(tmp_path_factory):
    made = Tree(tmp_path_factory.mktemp("tree"))
    for name, text in FILES.items():
        file = made.here / "class" / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, encoding="utf-8")
    (made.here / "table.csv").write_text("who what points", encoding="utf-8")
    return made


@pytest.fixture(scope="module")
def campus(tree):
    lms = tree.package / "batch" / "lms"
    added = {lms / "downloads" / "campus.py": DOWNLOAD, lms / "exports" / "campus.py": EXPORT}
    for file, text in added.items():
        file.write_text(text, encoding="utf-8")
    yield tree
    for file in added:
        file.unlink()


def batch(tree, *options):
    level = ("--require-isolation", "own-code-only", "--jobs", "1")
    return tree.run("batch", "class", "--exercise", "ex01", "--out", "out", *level, *options)


def test_what_is_not_there_is_refused(tree):
    for option in ("--layout", "--format"):
        code, said, wrong = batch(tree, option, "campus")
        assert (code, said) == (2, "")
        assert f"{option} is one of: " in wrong
        assert "moodle" in wrong
        assert "campus" not in wrong.split(f"{option} is one of: ")[1]


def test_help_and_errors_name_it(campus):
    said = " ".join(campus.run("batch", "--help")[1].split())
    assert f"a learning system imports: {', '.join(sorted([*export_names(), 'campus']))}" in said
    assert "not found out: autolab, blackboard, brightspace, campus, canvas, " in said
    asked = {
        ("--format", "nothing"): "--format is one of: campus, canvas, gradescope, moodle",
        ("--layout", "nothing"): "--layout is one of: autolab, blackboard, brightspace, campus, ",
        ("--format", "campus"): "fills in a table downloaded from Campus: add --template FILE.",
        (
            "--template",
            "x.csv",
        ): "--template goes with --format campus, canvas, moodle, or moodle_web.",
        ("--comments",): "--comments goes with --format campus, moodle, or moodle_web.",
    }
    for options, told in asked.items():
        code, _, wrong = batch(campus, *options)
        assert code == 2
        assert told in " ".join(wrong.split())


@pytest.mark.parametrize("named", [(), ("--layout", "campus")])
def test_its_download_is_read_and_its_table_written(campus, named):
    to_it = ("--format", "campus", "--template", "table.csv")
    code, said, wrong = batch(campus, *named, *to_it)
    assert code == 0, wrong
    assert "Campus must show 2 lines." in said
    table = (campus.here / "out" / "campus.csv").read_text(encoding="utf-8")
    assert table.split() == ['"who","what","points"', '"aone","ex01","4"', '"btwo","ex01","0"']
    told = json.loads(batch(campus, *named, *to_it, "--json")[1])
    assert told["statuses"] == {"graded": 2}


# -- the registry itself --------------------------------------------------------------------------


def test_every_module_is_a_format_with_all_that_is_told_of_it():
    assert set(systems()) == set(format_names(downloads))
    for system in systems().values():
        assert system.title
        assert system.example
    for name in export_names():
        assert export_of(name).title
        assert export_of(name).writes.startswith(name)
        assert export_of(name).template in {"none", "optional", "required"}


def test_no_two_systems_are_of_one_rank():
    ranks = [system.rank for system in systems().values()]
    assert ranks == sorted(set(ranks))


@pytest.mark.parametrize(
    "text",
    [
        "",
        block("""
            class A(Base): ...
            class B(Base): ...
        """),
    ],
)
def test_a_module_without_one_class_is_no_format(monkeypatch, tmp_path, text):
    (tmp_path / "_hidden.py").touch()
    (tmp_path / "broken.py").write_text(
        f"from grader.batch.lms.download import Download as Base\n{text}", encoding="utf-8"
    )
    monkeypatch.setattr(downloads, "__path__", [str(tmp_path)])
    assert format_names(downloads) == ("broken",)
    try:
        with pytest.raises(TypeError, match=r"classes of Download, not one"):
            format_class(downloads, "broken", Download)
    finally:
        monkeypatch.delattr(downloads, "broken", raising=False)
        monkeypatch.delitem(sys.modules, f"{downloads.__name__}.broken")
