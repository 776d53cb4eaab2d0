"""The recipes for a department name files, extras, commands and options that there are."""

import json
import re
import shutil
import subprocess
import tomllib

import click
import pytest
from support.documents import ROOT, text

from grader.cli.context import Context
from grader.cli.jobe import PORT
from grader.cli.main import cli
from grader.jobe.key import VARIABLE

DEPLOY = ROOT / "deploy"
UNIT = (DEPLOY / "grader-jobe.service").read_text("utf-8")
IMAGE = (DEPLOY / "Containerfile").read_text("utf-8")
SETTINGS = dict(re.findall(r"^(\w+)=(.*)$", UNIT, re.MULTILINE))
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
# What a submission's own namespaces cannot be without: see the comment in the unit.
STAY = {
    *("RestrictNamespaces", "SystemCallFilter", "ProtectHostname", "ProtectProc", "ProcSubset"),
    *("PrivateUsers", "MemoryDenyWriteExecute"),
}


def parsed(words):
    """Parse a command line of ours as the program would; return the command's options."""
    assert words[0] == "grader"
    parent = click.Context(cli, obj=Context("en"))
    name, command, rest = cli.resolve_command(parent, words[1:])
    return command.make_context(name, rest, parent=parent).params


def test_the_unit_starts_the_server_with_its_key():
    words = SETTINGS["ExecStart"].split()
    assert words[0] == "/opt/nn-grader/bin/grader"
    options = parsed(["grader", *words[1:]])
    assert options["port"] == PORT
    assert options["require_isolation"].label == "full"
    credential, _, file = SETTINGS["LoadCredential"].partition(":")
    assert str(options["key_file"]) == f"${{CREDENTIALS_DIRECTORY}}/{credential}"
    assert file in text("lms.md")


def test_the_unit_leaves_alone_what_shuts_submissions_off():
    assert not STAY & {*SETTINGS}
    explained = re.search(r"# Student code runs.*?\n(?!#)", UNIT, re.DOTALL)
    assert all(name in explained[0] for name in STAY)
    source = (ROOT / "grader/student/sandbox/namespaces.py").read_text("utf-8")
    assert "sethostname" in source  # the reason for one of them


def test_systemd_has_nothing_to_say_of_the_unit(tmp_path):
    if shutil.which("systemd-analyze") is None:
        pytest.skip("there is no systemd-analyze here")
    file = tmp_path / "grader-jobe.service"
    file.write_text(UNIT.replace("/opt/nn-grader/bin/grader", "/bin/true"), "utf-8")
    done = subprocess.run(
        ["systemd-analyze", "verify", str(file)], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (0, "")
    assert "grader-jobe" not in done.stderr


def test_the_image_installs_extras_and_copies_files_that_there_are():
    (extras,) = re.findall(r"'/src\[([\w,]+)\]'", IMAGE)
    assert {*extras.split(",")} <= {*PROJECT["optional-dependencies"]}
    copied = [line.split()[1:-1] for line in IMAGE.splitlines() if line.startswith("COPY")]
    names = [name for line in copied for name in line]
    assert all((ROOT / name).exists() for name in names)
    # All that the wheel is made of: see hatch_build.py.
    assert {"grader", "exercises", "answers", "i18n", "pyproject.toml", "hatch_build.py"} <= {
        *names
    }
    assert PROJECT["readme"] in names


def test_the_image_starts_the_server():
    entry = json.loads(re.search(r"^ENTRYPOINT (.*)$", IMAGE, re.MULTILINE)[1])
    command = json.loads(re.search(r"^CMD (.*)$", IMAGE, re.MULTILINE)[1])
    options = parsed([*entry, *command])
    assert f"EXPOSE {options['port']}" in IMAGE
    assert str(options["key_file"]) == "/run/secrets/jobe.key"
    assert VARIABLE in IMAGE


def test_the_manual_names_the_recipes_and_the_extras():
    manual = text("lms.md")
    for file in DEPLOY.iterdir():
        assert f"(../deploy/{file.name})" in manual
    for extras in re.findall(r"'\.\[([\w,]+)\]'", manual):
        assert {*extras.split(",")} <= {*PROJECT["optional-dependencies"]}
