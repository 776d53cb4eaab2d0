"""What the documentation shows is true: files, commands, output, tables, messages."""

import os
import re
import shlex
import subprocess
import sys
from fractions import Fraction
from pathlib import Path

import click
import pytest
from layouts.places import LAYOUTS
from pydantic_core import PydanticUndefined
from support.documents import DOCS, ROOT, blocks, prose, table

from grader.batch.lms.registry import export_names, export_of, layout_names, systems
from grader.cli.context import Context
from grader.cli.main import cli
from grader.course import models
from grader.course.loading import Course
from grader.questions.numbers import NumberError, read_number
from grader.report.catalogue.verdicts import VIEW
from grader.report.messages import sentence

QUIET = {"GRADER_LANG": "en", "NO_COLOR": "1", "COLUMNS": "100", "LC_ALL": "C.UTF-8"}
# The tutorial comes first: the reference pages go on with its course.
AUTHOR = ["author.md", *sorted(name for name in DOCS if name.startswith("author-"))]
COURSE = "mine"
SHUT_OFF = re.compile(r"^Your code was not fully shut off.*?(?=^Points:)", re.MULTILINE | re.DOTALL)


# -- commands ---------------------------------------------------------------------------------


def shown_commands(document):
    """Yield the words of every command of ours that a document names."""
    for block in blocks(document):
        lines = []
        if block.lang == "bash":
            lines = block.body.splitlines()
        elif block.lang == "console":
            lines = [command for command, _ in block.commands]
        for line in lines:
            yield from ours(line)
    for span in re.findall(r"`((?:grader|grade) [^`\n]+)`", prose(document)):
        yield from ours(span)


def ours(line):
    for part in re.split(r"&&|[|;>]", line.split("  #")[0]):
        words = shlex.split(part)
        if words and Path(words[0]).name in {"grader", "grade"}:
            yield ["grade", *words[1:]] if words[0] == "grade" else words[1:]


def parse(words):
    """Parse a command line as the program would, without running it."""
    parent = click.Context(cli, obj=Context("en"))
    name, command, rest = cli.resolve_command(parent, list(words))
    command.make_context(name, rest, parent=parent)


@pytest.mark.parametrize("document", DOCS)
def test_every_command_shown_exists_with_these_options(document):
    for words in shown_commands(document):
        try:
            parse(words)
        except (click.MissingParameter, click.exceptions.Exit):
            pass  # `grader init` in a sentence names the command alone; `--version` ends there
        except click.UsageError as error:
            pytest.fail(f"{document}: {' '.join(words)}: {error.format_message()}")


def test_commands_are_found_and_wrong_ones_refused():
    assert ["validate"] in shown_commands("README.md")
    for wrong in (["grad", "ex11"], ["grade", "ex11", "--colour"], ["schema", "grades"]):
        with pytest.raises(click.UsageError):
            parse(wrong)


# -- sessions ---------------------------------------------------------------------------------


class Session:
    """Does what a reader does: writes the files shown and types the commands shown."""

    def __init__(self, folder):
        self.top = self.folder = folder
        (folder / "tests").symlink_to(ROOT / "tests")

    def follow(self, block):
        if block.file:
            path = self.top / block.file
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(block.body, encoding="utf-8")
        if block.lang == "console":
            for command, output in block.commands:
                self.type(command, output)

    def type(self, command, output):
        if command.startswith("cd "):
            self.folder = self.folder / command.removeprefix("cd ")
            return
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("GRADER_", "PYTEST_"))}
        programs = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
        done = subprocess.run(
            ["bash", "-c", command],
            cwd=self.folder,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            check=False,
            timeout=120,
            env={**kept, **QUIET, "PATH": programs},
        )
        # A machine that cannot shut code off says so in every report.
        printed = SHUT_OFF.sub("", done.stdout).replace("\u00a0", " ")
        assert pattern(output).fullmatch(printed.strip() + "\n"), f"$ {command}\n{printed}"


def pattern(output):
    """Turn shown output into a pattern: `…` is anything, a line of it any lines."""
    lines = output.strip().split("\n")
    made = (
        r"(?:.*\n)*?" if line == "…" else ".*".join(map(re.escape, line.split("…"))) + r"\n"
        for line in lines
    )
    return re.compile("".join(made))


@pytest.mark.parametrize("documents", [["student.md"], AUTHOR], ids=["student", "author"])
def test_what_is_shown_is_what_happens(documents, tmp_path):
    session = Session(tmp_path)
    for document in documents:
        session.folder = session.top
        for block in blocks(document):
            session.follow(block)


def test_the_worked_exercise_is_proved(grader):
    files = {block.file: block.body for block in blocks("author.md") if block.file}
    for name, text in files.items():
        (grader.folder / name).parent.mkdir(parents=True, exist_ok=True)
        grader.write(name, text)
    for lang in Course(grader.folder / COURSE).index.languages[1:]:
        grader.run("validate", "--course", COURSE, "--accept-translation", "*", "--lang", lang)
    done = grader.run("validate", "--course", COURSE)
    assert (done.returncode, done.stderr) == (0, ""), done.stdout
    assert done.stdout.startswith("PASS ex01_standardize")


# -- quotations -------------------------------------------------------------------------------


def test_quoted_code_stands_in_its_file():
    quotations = [block for document in AUTHOR for block in blocks(document) if block.quoted]
    assert quotations
    for block in quotations:
        source = (ROOT / block.quoted).read_text(encoding="utf-8")
        for piece in re.split(r"^…\n", block.body, flags=re.MULTILINE):
            assert piece in source, f"{block.quoted} no longer holds:\n{piece}"


@pytest.mark.parametrize("document", DOCS)
def test_links_lead_somewhere(document):
    without_code = re.sub(r"`[^`\n]*`", "", prose(document))
    for target in re.findall(r"\]\((?!https?:)([^)\s]+)\)", without_code):
        file, _, anchor = target.partition("#")
        path = (DOCS[document].parent / file).resolve() if file else DOCS[document]
        assert path.is_file(), target
        if anchor:
            headings = re.findall(r"^#+ (.+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
            slugs = {re.sub(r"[^\w -]", "", h).lower().replace(" ", "-") for h in headings}
            assert anchor in slugs, target


# -- tables -----------------------------------------------------------------------------------

FIELDS = {
    "`exercises/course.yaml`": models.CourseIndex,
    "A section": models.Section,
    "`exercise.yaml` for code": models.CodeExercise,
    "A check": models.Check,
    "A misconception": models.MisconceptionSpec,
    "A picture": models.DeclaredPicture,
    "Limits": models.ExerciseLimits,
    "Tolerance fields": models.Tolerance,
    "`exercise.yaml` for questions": models.QuestionExercise,
    "A question": models.Question,
    "`key.yaml`": models.KeyFile,
    "A key": models.Key,
    "`course.md`": models.CourseFrontMatter,
    "Front matter of an exercise's prose": models.ProseFrontMatter,
    "Front matter of a solution": models.SolutionProse,
    "A style": models.StyleProse,
}


def shown_default(field):
    default = field.default
    if field.is_required():
        return "required"
    if isinstance(default, bool):
        return "yes" if default else "no"
    if isinstance(default, str):
        return default
    if isinstance(default, int | float):
        return f"{default:g}"
    if isinstance(default, tuple) and default:
        return ", ".join(default)
    return "none" if not default or default is PydanticUndefined else "see below"


@pytest.mark.parametrize("heading", FIELDS)
def test_tables_hold_every_field_and_its_default(heading):
    rows = [(name.strip("` "), default) for name, default, _ in table("author-fields.md", heading)]
    fields = FIELDS[heading].model_fields
    assert rows == [(name, shown_default(field)) for name, field in fields.items()]


def test_every_status_is_explained():
    words = {
        template.other
        for name, template in VIEW.items()
        if name.startswith("status.") or name == "view.hidden"
    }
    rows = table("student.md", "Reading the feedback")
    assert {row[0].strip("` ") for row in rows} == words - {"OTHER"}


def test_numbers_are_read_as_the_table_says():
    read, refused = {}, []
    text = DOCS["student.md"].read_text(encoding="utf-8")
    for row in re.findall(r"^\| (`.*) \| (.*) \|$", text.split("| is read as |")[1], re.MULTILINE):
        value = re.match(r"−?[\d.]+", row[1])
        for form in re.findall(r"`([^`]+)`", row[0]):
            if value:
                read[form] = value[0].replace("−", "-")
            else:
                refused.append(form)
        if not value:
            break
    assert {form: read_number(form) for form in read} == {f: Fraction(v) for f, v in read.items()}
    assert refused
    for form in refused:
        with pytest.raises(NumberError):
            read_number(form)


def test_messages_of_validate_are_worded_like_this():
    rooms = (ROOT / "grader" / room for room in ("judge", "course", "questions", "pictures"))
    files = [path for room in rooms for path in room.rglob("*.py")]
    code = "\n".join(path.read_text(encoding="utf-8") for path in files)
    for said, _ in table("author-fields.md", "What validate says, and what to do"):
        assert said.strip("` ") in code, said


def test_the_sentence_about_isolation_is_the_one_in_reports():
    args = {"level": 0, "name": "own-code-only"}
    assert f"> {sentence('view.isolation', args, 'en')}\n" in DOCS["student.md"].read_text("utf-8")


def test_the_downloads_that_are_read_are_those_of_the_table():
    rows = {
        row[0].strip("` "): row[1] for row in table("teacher.md", "Other systems, and `--layout`")
    }
    assert sorted(rows) == sorted(layout_names())
    for name, system in systems().items():
        assert rows[name] == ", ".join(f"`{path}`" for path in system.example)


def test_the_formats_that_are_written_are_those_of_the_table():
    rows = table("teacher.md", "From the LMS to grades and back")
    known = {name: export_of(name) for name in export_names()}
    assert rows == [[f"`{name}`", one.template, f"`{one.writes}`"] for name, one in known.items()]


def test_the_table_of_layouts_holds_what_is_tried():
    rows = table("security.md", "However it is installed")
    assert [row[0] for row in rows] == [made.__name__.replace("_", " ") for made in LAYOUTS]
    assert {tuple(row[2:]) for row in rows} == {("closed", "closed", "closed", "open")}
