"""What the judge offers for reading: an allow-list, and a search for courses in it."""

import os
import subprocess
import sys
from importlib import metadata
from pathlib import Path

import pytest

from grader.judge.processes.readable import (
    find_offer,
    foreign_in,
    libraries,
    search,
    shared_libraries,
    standard,
)
from grader.judge.processes.readable.libraries import find_libraries, whole

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def installs(tmp_path, monkeypatch):
    """Install made-up distributions into a site-packages that comes first."""
    site = tmp_path / "site-packages"
    site.mkdir()
    monkeypatch.syspath_prepend(site)

    def install(name, *files, requires=(), record=True):
        information = site / f"{name}-1.0.dist-info"
        for file in files:
            path = (site / file).resolve()
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text("")
        rows = [*files, f"{information.name}/METADATA", f"{information.name}/RECORD"]
        information.mkdir()
        head = [f"Name: {name}", "Version: 1.0", *(f"Requires-Dist: {line}" for line in requires)]
        text = "\n".join(["Metadata-Version: 2.1", *head, "", "Requires-Dist: of-the-readme"])
        (information / "METADATA").write_text(text)
        if record:
            quoted = [f'"{row}"' if "," in row else row for row in rows]
            (information / "RECORD").write_text("".join(f"{row},sha256=x,1\n" for row in quoted))
        return site

    return install


def offered(*names, closed=()):
    find_offer.cache_clear()
    return find_offer(names, tuple(map(str, closed)))


def below(offer, site):
    """Return what of a site-packages is offered."""
    paths = (*offer.folders, *offer.files)
    return {os.path.relpath(path, site) for path in paths if path.startswith(str(site))}


@pytest.mark.parametrize(
    ("paths", "granted"),
    [
        (["a/__init__.py", "a/b/c.py"], ["a"]),
        (["single.py", "a.libs/x.so"], ["single.py", "a.libs"]),
        (["nvidia/cu13/lib/x.so", "nvidia/cu13/lib/y/z.so"], ["nvidia/cu13/lib"]),
        (["shared/one/a.py", "shared/two/b/c.py"], ["shared/one", "shared/two/b"]),
        (["shared/one/a.py", "shared/only.py"], ["shared"]),
    ],
)
def test_folders_are_granted_whole_where_files_lie_in_them(paths, granted):
    assert list(whole(paths)) == granted


def test_a_library_and_what_it_requires_is_offered_and_nothing_else(installs):
    site = installs("wanted", "wanted/__init__.py", "wanted.libs/a.so", requires=["Needed>=1"])
    installs("needed", "needed/__init__.py", "../bin/needed", "with, comma/a.py")
    installs("other", "other/__init__.py", "other.pth")
    found = offered("wanted")
    assert below(found, site) == {"wanted", "wanted.libs", "needed", "with, comma"}
    assert {"wanted", "needed"} <= set(found.modules)
    assert "other" not in found.modules
    assert found.versions == {"wanted": ("1.0", str(site)), "needed": ("1.0", str(site))}


def test_requirements_are_those_of_this_machine_and_of_the_extras_asked_for(installs):
    site = installs(
        "wanted",
        "wanted/__init__.py",
        requires=[
            "here; sys_platform == 'linux' or sys_platform == 'darwin'",
            "elsewhere; sys_platform == 'nowhere'",
            "extra; extra == 'more'",
            "packed[more]",
            "absent",
        ],
    )
    for name in ("here", "elsewhere", "extra"):
        installs(name, f"{name}/__init__.py")
    installs("packed", "packed/__init__.py", requires=["inside; extra == 'more'", "wanted"])
    installs("inside", "inside.py")
    assert below(offered("wanted"), site) == {"wanted", "here", "packed", "inside.py"}


def test_a_library_without_notes_is_offered_by_its_own_folder(installs):
    site = installs("other", "plain/__init__.py", "plain.libs/a.so", "beside/__init__.py")
    assert below(offered("plain"), site) == {"plain", "plain.libs"}
    site = installs("notes", "notes/__init__.py", record=False)
    assert "notes" in below(offered("notes"), site)


@pytest.mark.parametrize("of", ["files", "folders"])
def test_links_are_followed_to_where_the_files_are(installs, tmp_path, of):
    site = installs("other", "other/__init__.py")
    store = tmp_path / "store/hash"
    for name in ("linked/__init__.py", "linked/deep/part.py"):
        (store / name).parent.mkdir(parents=True, exist_ok=True)
        (store / name).write_text("")
    if of == "folders":
        (site / "linked").symlink_to(store / "linked")
    else:
        for name in ("linked/__init__.py", "linked/deep/part.py"):
            (site / name).parent.mkdir(parents=True, exist_ok=True)
            (site / name).symlink_to(store / name)
    found = offered("linked")
    assert str(store / "linked") in found.folders
    assert str(store) not in found.folders


def test_numpy_and_torch_take_eleven_distributions_at_most():
    pytest.importorskip("torch")
    found = find_libraries(("numpy", "torch"))
    cpu = [name for name in found.versions if not name.startswith(("nvidia", "cuda", "triton"))]
    assert {"numpy", "torch"} < set(cpu)
    assert len(cpu) <= 12
    assert "torch" not in find_libraries(("numpy",)).versions


def test_neither_grader_nor_its_metadata_nor_what_judges_is_offered():
    found = offered("numpy", "torch")
    shown = (*found.folders, *found.files)
    assert not [path for path in shown if "dist-info" in path or path.endswith(".pth")]
    for name in ("nn-grader", "pytest", "pydantic"):
        for file in metadata.files(name):
            path = os.path.realpath(file.locate())
            assert not any(path == each or path.startswith(f"{each}/") for each in shown), path


def test_of_the_system_s_folders_nothing_is_offered_but_shared_libraries():
    found = offered("numpy", "torch")
    folders = [path for path in found.folders if path.startswith(("/usr/lib", "/lib"))]
    stdlib = os.path.realpath(standard.folder())
    assert {Path(path).name for path in folders if path != stdlib} <= {"gconv", "locale"}
    files = [path for path in found.files if path.startswith(("/usr/lib", "/lib"))]
    assert all(".so" in Path(path).name for path in files)


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have other linkers")
def test_the_linker_finds_what_is_offered():
    """What it maps for Python's own modules and NumPy was to be expected."""
    modules = "ssl, sqlite3, lzma, bz2, ctypes, numpy.linalg"
    code = f"import {modules}; print(open('/proc/self/maps').read())"
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    mapped = {row.split(None, 5)[5] for row in done.stdout.splitlines() if ".so" in row}
    found = offered("numpy")
    inside = tuple(f"{folder}/" for folder in found.folders)
    assert mapped
    assert not {path for path in mapped if path not in found.files and not path.startswith(inside)}


def test_what_is_no_program_needs_nothing(tmp_path):
    path = tmp_path / "file.so"
    assert shared_libraries.read_header(str(path)) == shared_libraries.Header()
    for content in (b"", b"\x7fELF\x02\x01", b"\x7fELF\x02\x01" + bytes(200), b"text" * 100):
        path.write_bytes(content)
        assert shared_libraries.read_header(str(path)) == shared_libraries.Header()


def test_in_the_standard_library_only_what_is_python_s_is_open(tmp_path):
    for name in ("json", "os.py", "lib-dynload", "site-packages", "mycourse", "test", "answer.py"):
        (tmp_path / name).mkdir()
    cache = tmp_path / "__pycache__"
    for name in ("os.cpython-311.pyc", "answer.cpython-311.pyc"):
        cache.mkdir(exist_ok=True)
        (cache / name).touch()
    names = {os.path.relpath(path, tmp_path) for path in standard.foreign(str(tmp_path))}
    own = {"site-packages", "mycourse", "test", "answer.py", "__pycache__/answer.cpython-311.pyc"}
    assert names == own


def test_what_is_closed_is_closed_in_a_library_as_well(installs):
    site = installs("wanted", "wanted/__init__.py", "wanted/secret/a.py")
    found = offered("wanted", closed=[site / "wanted/secret"])
    assert found.closed[-1:] == (str(site / "wanted/secret"),)


@pytest.mark.parametrize(
    ("files", "found"),
    [
        (
            ["a/exercises/course.yaml", "a/answers/x", "a/i18n/y", "a/z"],
            ["a/answers", "a/exercises", "a/i18n"],
        ),
        (["deep/er/exercises/course.yaml"], ["deep/er/exercises"]),
        (["exercises/course.yaml"], ["exercises"]),
        (["kept/ex11_softmax/reference.py"], ["kept/ex11_softmax"]),
        (["ex14_by_hand/key.yaml", "ex14_by_hand/more/a"], ["ex14_by_hand"]),
        (["ex11_softmax/__init__.py", "exercises/a.py", "reference.py", "course.yaml"], []),
    ],
)
def test_courses_are_found_whatever_they_lie_in(tmp_path, files, found):
    for name in files:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    seen = {os.path.relpath(path, tmp_path) for path in search.find_foreign([str(tmp_path)], ())}
    assert seen == set(found)


def test_what_cannot_be_looked_into_is_closed_and_what_is_closed_not_looked_into(tmp_path):
    assert list(search.find_foreign([str(tmp_path / "absent")], ())) == [str(tmp_path / "absent")]
    (tmp_path / "shut/exercises").mkdir(parents=True)
    (tmp_path / "shut/exercises/course.yaml").touch()
    assert not list(search.find_foreign([str(tmp_path)], {str(tmp_path / "shut")}))


def test_in_python_and_in_the_libraries_nothing_is_foreign():
    assert foreign_in(offered("numpy", "torch")) == ()


def test_requirements_of_a_readme_are_none(installs):
    installs("wanted", "wanted/__init__.py")
    assert "of-the-readme" not in libraries.find_libraries(("wanted",)).versions


def test_what_no_installer_noted_is_foreign_in_a_library(installs):
    site = installs("wanted", "wanted/__init__.py", "wanted/deep/er/part.py", "shared/one/a.py")
    for name in (
        "wanted/put.py",
        "wanted/deep/new/a.py",
        "wanted/__pycache__/part.pyc",
        "shared/b",
    ):
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).touch()
    found = {os.path.relpath(path, site) for path in foreign_in(offered("wanted"))}
    assert found == {"wanted/put.py", "wanted/deep/new"}


def test_what_was_installed_without_notes_has_nothing_foreign(installs):
    site = installs("other", "plain/__init__.py")
    (site / "plain/more").mkdir()
    assert foreign_in(offered("plain")) == ()
