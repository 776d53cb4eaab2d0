"""What a release says of itself agrees: version, changelog, supported versions, hooks."""

import re
import sys
import tomllib
from datetime import date
from pathlib import Path

import pytest
import yaml
from support.documents import ROOT, section, table, text

from grader.version import __version__

CATEGORIES = {"Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"}
RELEASES = re.findall(r"^## \[(.+)\](?: - (.+))?$", text("CHANGELOG.md"), re.MULTILINE)
HOOKS = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))


def numbers(version):
    return tuple(map(int, version.split(".")))


def test_the_newest_release_of_the_changelog_is_this_version():
    assert RELEASES[0] == ("Unreleased", "")
    assert RELEASES[1][0] == __version__


def test_releases_stand_in_order_each_with_its_date():
    versions = [numbers(version) for version, _ in RELEASES[1:]]
    days = [date.fromisoformat(day) for _, day in RELEASES[1:]]
    assert versions == sorted(set(versions), reverse=True)
    assert days == sorted(days, reverse=True)


def test_changes_are_of_the_known_categories():
    assert set(re.findall(r"^### (.+)$", text("CHANGELOG.md"), re.MULTILINE)) <= CATEGORIES


def test_this_version_and_no_older_one_is_supported():
    rows = dict(table("SECURITY.md", "Supported versions"))
    this, *older = rows
    assert this == ".".join(__version__.split(".")[:2])
    assert rows[this] == "yes"
    assert all(rows[version].startswith("no") for version in older)


def test_the_version_stands_in_one_place():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert "version" in project["project"]["dynamic"]
    assert project["tool"]["hatch"]["version"]["path"] == "grader/version.py"


def test_the_sdist_holds_every_document():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    included = project["tool"]["hatch"]["build"]["targets"]["sdist"]["include"]
    documents = {path.name for path in ROOT.glob("*.md")} - {"README.md"}  # hatch adds that one
    assert documents <= set(included)
    assert [name for name in included if not (ROOT / name).exists()] == []


@pytest.mark.parametrize(
    "hook", [hook for repo in HOOKS["repos"] for hook in repo["hooks"]], ids=lambda hook: hook["id"]
)
def test_a_hook_runs_what_ci_runs_from_the_environment(hook):
    program, *_ = hook["entry"].split()
    assert hook["language"] == "system"
    assert Path(program).parent == Path(".venv/bin")
    assert (Path(sys.executable).parent / Path(program).name).is_file()
    assert f'"$bin/{Path(program).name}"' in (ROOT / ".ci" / "run").read_text(encoding="utf-8")


def test_nothing_is_fetched_for_hooks():
    assert [repo["repo"] for repo in HOOKS["repos"]] == ["local"]


def test_what_is_no_hole_leads_to_the_reasons():
    assert "docs/security.md#what-is-not-protected" in section("SECURITY.md", "What does not")
    assert "SECURITY.md" in section("security.md", "Reporting a hole")
