"""Whoever reads French or Russian meets no English, whatever is typed or broken."""

import json
import shutil
from pathlib import Path

import click
import pytest
from support.english import english_in, untranslated
from support.languages import TRANSLATED
from support.samples import all_right
from support.text_blocks import block

from grader.cli.context import Context, early_language
from grader.cli.errors import run_safely
from grader.cli.main import cli
from grader.cli.words import WORDS, in_words
from grader.course.languages import Translator

TINY = Path(__file__).resolve().parents[1] / "courses" / "tiny"


@pytest.fixture
def say(monkeypatch, tmp_path, capsys):
    """Run a command line in this process, in an empty folder; return what was printed."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    for name in ("GRADER_LANG", "GRADER_COURSE", "GRADER_GRADEBOOK"):
        monkeypatch.delenv(name, raising=False)

    def run(lang, *arguments):
        typed = [*map(str, arguments), "--lang", lang]
        run_safely(cli, typed, Context(early_language(typed)))
        printed = capsys.readouterr()
        return printed.out + printed.err

    return run


@pytest.fixture
def speaks(say):
    """Assert that what a command prints in French and Russian holds no English."""

    def check(*arguments):
        english = say("en", *arguments)
        for lang in TRANSLATED:
            told = say(lang, *arguments)
            assert told.strip(), arguments
            assert english_in(told) == [], arguments
            assert untranslated(english, told) == [], arguments

    return check


def commands(group=cli, path=()):
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        yield (*path, name), command
        if isinstance(command, click.Group):
            yield from commands(command, (*path, name))


COMMANDS = dict(commands())
OPTIONS = [
    pytest.param(path, option, id=" ".join([*path, option.opts[0]]))
    for path, command in COMMANDS.items()
    for option in command.params
    if isinstance(option, click.Option) and option.name not in {"lang", "help"}
]


# -- the finder itself ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "line",
    [
        "FICHIER : No such file or directory, and it cannot be read",
        "Impossible de lire a.json : the field is missing",
        "Option '--seed' requires an argument.",
        "  --reason TEXTE  why; it is kept  [obligatoire]",
        "Курс неисправен: this field is unknown: correct its name or take it out",
        "PASS ex14: the right answers; the stubs in en, fr, ru; 9 mistakes",
        "Журнал недоступен: unable to open database file",
    ],
)
def test_english_that_slips_in_is_found(line):
    assert english_in(line)


@pytest.mark.parametrize(
    "line",
    [
        "Il n'y a pas d'option --with-the.",
        "La base de données dit : « unable to open the file »",
        "Écrivez `x is not None` à la ligne 3 de is_this.py.",
        "Функция останавливается: `the size of tensor a must match`.",
    ],
)
def test_what_is_quoted_is_nobodys_english(line):
    assert english_in(line) == []


def test_a_line_that_is_the_same_in_both_languages_is_found():
    same = "  there lies broken glass\n"
    assert untranslated(f"Usage:\n{same}", f"Utilisation :\n{same}") == [same.strip()]
    assert untranslated("  ex11  cpu, cuda\n", "  ex11  cpu, cuda\n") == []


def test_an_english_sentence_in_a_command_fails(speaks, monkeypatch):
    monkeypatch.setitem(WORDS, "EXERCISE", "EXERCISE that is not translated")
    with pytest.raises(AssertionError):
        speaks("show")


# -- command lines --------------------------------------------------------------------------------


@pytest.mark.parametrize("path", COMMANDS, ids=" ".join)
def test_help_and_wrong_use_of_every_command(speaks, path):
    speaks(*path, "--help")
    speaks(*path, "--no-such-option")
    speaks(*path, "--help=1")
    if COMMANDS[path].params and any(
        isinstance(one, click.Argument) and one.required for one in COMMANDS[path].params
    ):
        speaks(*path)
    if not any(one.nargs < 0 for one in COMMANDS[path].params):
        speaks(*path, *"abcdefgh")


@pytest.mark.parametrize(("path", "option"), OPTIONS)
def test_every_option_without_its_value_or_with_a_wrong_one(speaks, path, option):
    name = option.opts[0]
    needed = [
        "x"
        for one in COMMANDS[path].params
        if isinstance(one, click.Argument) and one.required and one.nargs == 1
    ]
    if option.is_flag:
        speaks(*path, f"{name}=3")
        return
    # --lang stands behind it, so that it takes that for its value: it must be the last one.
    if isinstance(option.type, click.Choice) or option.type is click.INT:
        speaks(*path, *needed, f"{name}=%")
    if isinstance(option.type, click.Path):
        speaks(*path, *needed, f"{name}=")


@pytest.mark.parametrize(("path", "option"), [one for one in OPTIONS if not one.values[1].is_flag])
def test_an_option_at_the_end_lacks_its_value(capsys, path, option):
    for lang in TRANSLATED:
        typed = ["--lang", lang, *path, option.opts[0]]
        assert run_safely(cli, typed, Context(lang)) == 2
        printed = capsys.readouterr()
        assert option.opts[0] in printed.err
        assert english_in(printed.err) == []
        assert len(printed.err.splitlines()) >= 3, "usage, sentence, help"


@pytest.mark.parametrize("path", COMMANDS, ids=" ".join)
def test_every_word_in_capitals_is_translated(path):
    command = COMMANDS[path]
    context = click.Context(command)
    takes = [one for one in command.params if not getattr(one, "is_flag", False)]
    pieces = [parameter.make_metavar(context) for parameter in takes]
    for lang in TRANSLATED:
        told = " ".join(in_words(piece, Translator(lang)) for piece in pieces if piece.isupper())
        if lang == "ru":
            assert not [word for word in told.split() if word.isascii() and len(word) > 3]


@pytest.mark.parametrize(
    "arguments",
    [
        ("frob",),
        ("gradebook", "frob"),
        ("shwo",),
        ("show", "ex98"),
        ("show", "sofmax"),
        ("hint", "ex11", "99"),
        ("hint", "ex11", "first"),
        ("list", "--course", "nowhere"),
        ("grade", "ex11"),
        ("grade", "ex11", "nowhere.py"),
        ("grade", "ex11", "."),
        ("grade", "ex11", "x.py", "--device", "cuda"),
        ("grade", "nowhere.py"),
        ("init", "/proc/x"),
        ("demo", "/proc/x"),
        ("report", "nowhere.json"),
        ("report", "."),
        ("batch", "nowhere", "--out", "o"),
        ("batch", ".", "--out", "o"),
        ("batch", ".", "--out", "o", "--roster", "nowhere.csv"),
        ("batch", ".", "--out", "o", "--format", "moodle"),
        ("batch", ".", "--out", "o", "--format", "moodle", "--template", "nowhere.csv"),
        ("batch", ".", "--out", "o", "--seed-file", "nowhere"),
        ("batch", ".", "--out", "o", "--seed", "-1"),
        ("batch", ".", "--out", "o", "--jobs", "0"),
        ("batch", ".", "--out", "o", "--zero", "all"),
        ("batch", ".", "--out", "o", "--layout", "none"),
        ("gradebook", "show"),
        ("gradebook", "policy"),
        ("gradebook", "show", "--gradebook", "."),
        ("gradebook", "show", "--gradebook", "mysql://x/y"),
        ("gradebook", "mark", "a", "ex11", "3"),
        ("gradebook", "mark", "a", "ex11", "much", "--reason", "r"),
        ("validate", "--accept-translation", "nothing"),
        ("schema", "nothing"),
        ("doctor",),
    ],
    ids=" ".join,
)
def test_wrong_input(speaks, arguments):
    speaks(*arguments)


def test_what_a_gradebook_refuses(say, speaks, tmp_path):
    say("en", "gradebook", "policy", "latest")
    book = ("--gradebook", "gradebook.sqlite")
    speaks("gradebook", "policy")
    speaks("gradebook", "show")
    speaks("gradebook", "history", "nobody")
    speaks("gradebook", "mark", "nobody", "ex11", "much", "--reason", "r", *book)
    speaks("gradebook", "csv", "--out", "/proc/x", *book)
    speaks("gradebook", "restore", "3")
    speaks("gradebook", "remove", "batch", "3", "--reason", "r")
    (tmp_path / "gradebook.sqlite").write_bytes(b"SQLite format 3\0" + bytes(5000))
    speaks("gradebook", "show")


# -- courses --------------------------------------------------------------------------------------

EX01 = "exercises/ex01_double/exercise.yaml"
COURSE = "exercises/course.yaml"
KEY = "answers/ex02_everything/key.yaml"
EN = "i18n/en/ex01_double.md"
BROKEN = [
    (EX01, "slug: double", "slug: double\npionts: 1"),
    (EX01, "checks:", "check:"),
    (EX01, "checks:", "weights:"),
    (EX01, "test_number: 1", "test_number: {points: 1.5}"),
    (EX01, "test_number: 1", "test_number: two"),
    (EX01, "test_number: 1", "test_number: 0"),
    (EX01, "test_number: 1", "test_number: 1000"),
    (EX01, "test_number: 1", "test_number: 1\n  test_number: 1"),
    (EX01, "kind: code", "kind: essay"),
    (EX01, "kind: code\n", ""),
    (EX01, "id: ex01", "id: ex09"),
    (EX01, "id: ex01", "id: 1"),
    (EX01, "slug: double", "slug: Double Trouble"),
    (EX01, "section: numbers", "section: questions"),
    (EX01, "format: 1", "format: 2"),
    (EX01, "format: 1", "format: [1"),
    (EX01, "format: 1", "format: {a: 1"),
    (EX01, "format: 1", "format: a: b"),
    (EX01, "format: 1", "format: 'one"),
    (EX01, "format: 1", 'format: "\\q"'),
    (EX01, "format: 1", "format: *one"),
    (EX01, "format: 1", "format: !one 1"),
    (EX01, "format: 1", "format: @1"),
    (EX01, "format: 1", "format:\n\t1"),
    (EX01, "format: 1", "  format: 1"),
    (
        EX01,
        "format: 1",
        block("""
            format: 1
            ---
            format: 1"""),
    ),
    (EX01, "format: 1", "[1, 2]: 1"),
    (EX01, "format: 1", "format: \x01"),
    (EX01, "format: 1", "format: " + "[" * 200),
    (EX01, "  double: [x]", "  'two times': [x]"),
    (EX01, "  double: [x]", "  double: x"),
    (EX01, "slug: double", "slug: double\nallowed: [nothing]"),
    (EX01, "slug: double", "slug: double\nown_implementation: test_nothing"),
    (EX01, "slug: double", "slug: double\ngiven: [a/b.txt]"),
    (EX01, "slug: double", "slug: double\nlibraries: [pandas]"),
    (EX01, "slug: double", "slug: double\nlimits: {cpu_seconds: many}"),
    (EX01, "slug: double", "slug: double\nlimits: {memory_mb: 1}"),
    (EX01, "slug: double", "slug: double\ntolerance: 3"),
    (COURSE, "ex01_double", "ex1"),
    (COURSE, "ex01_double", "ex01_nothing"),
    (COURSE, "seed: 7", "sed: 7"),
    (EN, "---", "***"),
    (EN, "title:", "titel:"),
]


@pytest.mark.parametrize(("file", "old", "new"), BROKEN, ids=[new[:40] for _, _, new in BROKEN])
def test_a_broken_course(speaks, tmp_path, file, old, new):
    root = shutil.copytree(TINY, tmp_path / "course")
    text = (root / file).read_text(encoding="utf-8")
    assert old in text
    (root / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    for lang in TRANSLATED:  # else the translation, which is whole, is shown
        shutil.copyfile(root / EN, root / EN.replace("en", lang, 1))
    speaks("show", "ex01", "--course", root)


def test_files_of_a_course_that_cannot_be_read(speaks, tmp_path):
    root = shutil.copytree(TINY, tmp_path / "course")
    (root / EX01).write_bytes(b"\xff")
    speaks("show", "ex01", "--course", root)
    (root / EX01).unlink()
    speaks("show", "ex01", "--course", root)
    (root / EX01).mkdir()
    speaks("show", "ex01", "--course", root)


def test_what_validate_finds(speaks, tmp_path):
    root = shutil.copytree(TINY, tmp_path / "course")
    text = (root / KEY).read_text(encoding="utf-8")
    (root / KEY).write_text(text.replace("1/4", "a quarter"), encoding="utf-8")
    for name in ("i18n/fr/ex03_find_line.md", "i18n/ru/course.md"):
        (root / name).unlink()
    for lang, unit in (("fr", "half"), ("ru", "growing")):
        file = root / f"i18n/{lang}/ex02_everything.md"
        file.write_text(file.read_text(encoding="utf-8").replace(unit, "other"), encoding="utf-8")
    speaks("validate", "ex02", "--course", root)
    speaks("validate", "ex03", "--course", root)


SOLUTION = block("""
    ---
    styles:
      halves: {title: x, text: y}
    ---
    z
""")


@pytest.mark.parametrize(
    "text",
    [
        "x",
        SOLUTION,
        block("""
            ---
            style: {}
            ---
        """),
        block("""
            ---
            styles: {a: {title: x}}
            ---
        """),
    ],
)
def test_solutions_that_are_refused_broken_or_not_translated(speaks, say, tmp_path, text):
    root = shutil.copytree(TINY, tmp_path / "course")
    speaks("show", "ex01", "--solution", "--course", root)
    say("en", "init", tmp_path, "ex01", "--course", root)
    speaks("show", "ex01", "--solution", "--course", root)
    speaks("show", "ex01", "--teacher", "--course", root)
    styles = root / "answers" / "ex01_double" / "styles"
    styles.mkdir()
    shutil.copyfile(styles.parent / "reference.py", styles / "same.py")
    (root / "i18n/en/ex01_double.solution.md").write_text(text, encoding="utf-8")
    speaks("validate", "ex01", "--course", root)
    if text != SOLUTION:
        speaks("show", "ex01", "--solution", "--teacher", "--course", root)


def test_a_class_and_its_gradebook(speaks, tmp_path):
    for name, source in {
        "anna/ex01.py": CODE["squared"],
        "bob/ex01.py": CODE["not there"],
        "bob/notes.txt": "x",
        "zoe/ex01.ipynb": "{}",
    }.items():
        (tmp_path / "class" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "class" / name).write_text(source, encoding="utf-8")
    course = ("--course", TINY)
    book = ("--gradebook", "class.sqlite", *course)
    trusting = ("--require-isolation", "own-code-only")
    speaks("batch", "class", "--out", "out", *trusting, *book)
    for command in ("show", "review", "batches", "removed"):
        speaks("gradebook", command, *book)
    speaks("gradebook", "history", "anna", *book)
    speaks("gradebook", "mark", "anna", "ex01", "1.5", "--reason", "-", *book)
    speaks("gradebook", "mark", "anna", "ex01", "99", "--reason", "-", *book)
    speaks("gradebook", "mark", "anna", "ex01", "1", "--reason", "", *book)
    speaks("gradebook", "regrade", "--dry-run", *trusting, *book)
    speaks("gradebook", "merge", "anna", "bob", "--reason", "-", *book)
    speaks("gradebook", "restore", "1", *book)
    speaks("gradebook", "removed", *book)


CHECKS = "exercises/ex01_double/checks.py"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("import ast", "import ast = 3"),
        ("import ast", "import nothing_at_all"),
        ("def test_array(", "def test_array(nothing, "),
        ("def test_array(", "def test_arrays("),
        (
            "def test_large(",
            block("""
                def test_large(submission):
                    return 1


                def other("""),
        ),
    ],
)
def test_broken_checks(speaks, tmp_path, old, new):
    root = shutil.copytree(TINY, tmp_path / "course")
    text = (root / CHECKS).read_text(encoding="utf-8")
    (root / CHECKS).write_text(text.replace(old, new, 1), encoding="utf-8")
    speaks("validate", "ex01", "--course", root)


# -- reports and answers --------------------------------------------------------------------------


@pytest.mark.parametrize(
    "change",
    [
        None,
        {"status": "nonsense", "reached": "many"},
        {"schema_version": "9.0"},
        {"reached": 400},
        {"checks": 3},
    ],
    ids=["empty", "two fields", "a version", "points", "no list"],
)
def test_a_broken_report(speaks, tmp_path, change):
    report = json.loads(all_right().model_dump_json())
    text = "" if change is None else json.dumps({**report, **change})
    (tmp_path / "a.json").write_text(text, encoding="utf-8")
    speaks("report", "a.json")


@pytest.mark.parametrize("text", ["", "{}", "[", "[1]", "a: b", "null"])
def test_what_is_no_report(speaks, tmp_path, text):
    (tmp_path / "a.json").write_text(text, encoding="utf-8")
    speaks("report", "a.json")


CODE = {
    "wrong": block("""
        def double(x):
            return x
    """),
    "squared": block("""
        def double(x):
            return x * x
    """),
    "a text": block("""
        def double(x):
            return 'two'
    """),
    "nothing": block("""
        def double(x):
            pass
    """),
    "another shape": block("""
        def double(x):
            return [2, 4]
    """),
    "not there": block("""
        def twice(x):
            return 2 * x
    """),
    "a number": "double = 2\n",
    "a class": block("""
        class double:
            pass
    """),
    "other arguments": block("""
        def double():
            return 2
    """),
    "ends": block("""
        import os


        def double(x):
            os._exit(0)
    """),
    "waits": block("""
        def double(x):
            return input()
    """),
    "no import": block("""
        import seaborn as sns


        def double(x):
            return sns.x
    """),
    "empty": "",
    "null": "\0",
}
ANSWERS = {
    "wrong": block("""
        smallest: two
        even: [one]
        growing: [large, small, medium]
        half: 4
    """),
    "no such question": "smalest: one\n",
    "no choice": block("""
        smallest: eleven
        even: two
        growing: {a: b}
        half: much
    """),
    "no YAML": "smallest: [one\n",
    "a list": "- one\n",
    "twice": "half: 1\nhalf: 2\n",
    "an alias": "half: *one\n",
}


@pytest.mark.parametrize("name", CODE)
def test_what_is_said_of_wrong_code(read_again, tmp_path, name):
    (tmp_path / "a.py").write_text(CODE[name], encoding="utf-8")
    read_again("ex01", "a.py")


@pytest.mark.parametrize("name", ANSWERS)
def test_what_is_said_of_wrong_answers(read_again, tmp_path, name):
    (tmp_path / "a.yaml").write_text(ANSWERS[name], encoding="utf-8")
    read_again("ex02", "a.yaml")


@pytest.fixture
def read_again(say, tmp_path):
    """Grade a file once, then read its report in each language as its student would."""

    def check(exercise, file):
        told = say("en", "grade", exercise, file, "--json", "--course", TINY)
        (tmp_path / "report.json").write_text(told, encoding="utf-8")
        assert '"status": "ungraded"' not in told
        english = say("en", "report", "report.json", "--course", TINY)
        for lang in TRANSLATED:
            text = say(lang, "report", "report.json", "--course", TINY)
            assert english_in(text) == []
            assert untranslated(english, text) == []

    return check
