"""However the grader is installed: honest answers pass, and no thief finds an answer.

Each layout is tried at every isolation level of this machine, as root and as an ordinary user, with
processes forked and started afresh; by walking and by opening the exact path, since a folder that
is granted in parts cannot be listed and yet opens.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from support.offered import granted

from grader.student.sandbox.probe import probe
from layouts.places import (
    LAYOUTS,
    ROOT,
    VERSION,
    Layout,
    Workshop,
    pip,
    wheel_in_environment,
)

pytestmark = pytest.mark.slow
HERE = Path(__file__).parent
SOMEBODY = 61000
NOTHING = {"told": [], "opened": [], "walked": [], "imported": []}
AS_SOMEBODY = ("setpriv", f"--reuid={SOMEBODY}", f"--regid={SOMEBODY}", "--clear-groups")


@pytest.fixture(scope="module")
def base():
    """An interpreter of this version, one that everybody can use if there is one."""
    candidates = [shutil.which(VERSION, path="/usr/bin:/usr/local/bin"), sys.executable]
    for candidate in filter(None, candidates):
        found = Path(candidate).resolve()
        if os.geteuid() != 0 or everybody_can_use(found):
            return found
    return Path(sys.executable).resolve()


def everybody_can_use(python):
    try:
        done = subprocess.run([*AS_SOMEBODY, python, "-c", ""], check=False, cwd="/")
    except OSError:
        return False
    return done.returncode == 0


@pytest.fixture(scope="module")
def shop(base):
    """Where layouts are made; everybody may go there, and list nothing above."""
    above = Path(tempfile.mkdtemp(prefix="layouts-"))
    folder = above / "open"
    folder.mkdir()
    folder.chmod(0o755)
    above.chmod(0o711)  # not below pytest's own folder, which every run of pytest shuts again
    pip("wheel", "--no-deps", "--wheel-dir", folder / "dist", ROOT)
    (wheel,) = (folder / "dist").glob("*.whl")
    yield Workshop(folder, base, wheel)
    shutil.rmtree(above)


@pytest.fixture(scope="module")
def levels():
    """The levels of this machine, from the highest on."""
    found = set(probe(readable=granted()).missing)
    needs = {3: {"namespaces", "seccomp"}, 2: {"landlock", "seccomp"}, 1: {"seccomp"}, 0: set()}
    return [level for level, needed in needs.items() if not needed & found]


@pytest.fixture(scope="module", params=LAYOUTS, ids=lambda made: made.__name__)
def layout(request, shop):
    """One way of installing."""
    if request.param.__name__ == "system_python" and os.geteuid() != 0:
        pytest.skip("only root can lend the system's Python other packages")
    return request.param(shop, request.param.__name__)


@pytest.fixture(params=["root", "somebody"])
def who(request, base):
    """Who grades."""
    if (request.param == "root") is not (os.geteuid() == 0):
        if os.geteuid() != 0:
            pytest.skip("this is an ordinary user")
        if not everybody_can_use(base):
            pytest.skip("no interpreter here that everybody can use")
    return request.param


def judged(layout, levels, files, *, who="root", **env):
    """Judge files in a layout; return what became of them."""
    told = {
        "course": layout.course and str(layout.course),
        "levels": levels,
        "files": [str(file) for file in files],
    }
    given = AS_SOMEBODY if who == "somebody" and os.geteuid() == 0 else ()
    command = [*layout.wrapper, *given, layout.python, "-P", HERE / "driver.py", json.dumps(told)]
    done = subprocess.run(
        [*map(str, command)],
        env={"PATH": os.defpath, "HOME": "/nonexistent", **layout.env, **env},
        cwd="/",
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def thief(layout: Layout, folder):
    """Write the submission that knows every path of this layout."""
    copies = [copy.resolve() for copy in layout.copies] + layout.copies
    files = [path for copy in copies for path in secrets(copy)]
    files += [*layout.secret, *layout.site.glob("nn_grader*/*"), *layout.site.glob("*.pth")]
    files += [
        layout.site / "grader/judge/checking/compare.py",
        layout.site / "grader/student/process.py",
    ]
    words = {f"{copy}/answers" for copy in copies} | {f"{layout.site}/grader", "nn_grader"}
    # Where the libraries are is no secret.
    granted = {layout.site / "numpy", *layout.site.parents}
    words |= {str(copy) for copy in copies if copy not in granted}
    tops = ["/", "/usr/lib", layout.site, *layout.site.parents[:4], *copies]
    source = (HERE / "thief.py").read_text(encoding="utf-8")
    for name, values in (("SECRETS", files), ("WORDS", words), ("TOPS", tops)):
        source = source.replace(f"@{name}@", json.dumps([str(value)[::-1] for value in values]))
    path = folder / "thief.py"
    path.write_text(source, encoding="utf-8")
    return path


def secrets(copy):
    """Return files of a course that nobody may open, and folders that nobody may list."""
    yield from (copy / "answers", copy / "exercises", copy / "exercises/course.yaml")
    yield from (copy / "answers/ex11_softmax").rglob("*.py")
    yield copy / "exercises/ex11_softmax/checks.py"


@pytest.mark.parametrize("started", ["forked", "afresh"])
def test_honest_answers_pass_and_thieves_find_nothing(layout, who, started, levels, shop):
    if started == "afresh":
        if who == "somebody":
            pytest.skip("the same as with root: files are opened in one way")
        levels = levels[:2]
    honest = shop.folder / "honest.py"
    shutil.copy(ROOT / "answers/ex11_softmax/reference.py", honest)
    env = {"GRADER_SPAWN": "1"} if started == "afresh" else {}
    stealing = thief(layout, shop.folder)
    promised = [level for level in levels if level]
    done = judged(layout, promised, [honest, stealing], who=who, **env)
    if 0 in levels:
        done += judged(layout, [0], [honest], who=who, **env)
    for each in done:
        assert (each["status"], each["reached"]) == ("graded", 20), each["faults"]
        assert each["level"] == each["asked"], each["missing"]
        if each["file"] == str(stealing):
            found = json.loads(each["output"])
            assert found == NOTHING, each


@pytest.mark.parametrize("place", ["class/course", "graded/course"])
def test_a_course_beside_what_is_graded_is_out_of_reach(shop, place, tmp_path):
    """Inside the folder of submissions, or of what comes out."""
    layout = wheel_in_environment(shop, f"batch-{place.split('/')[0]}")
    layout.course = shop.copy_course(tmp_path / place)
    layout.copies.append(layout.course)
    (tmp_path / "class/Thief, Tom").mkdir(parents=True)
    shutil.copy(thief(layout, tmp_path), tmp_path / "class/Thief, Tom/ex11.py")
    told = ["--course", layout.course, "--out", tmp_path / "graded", "--exercise", "ex11"]
    command = [layout.python, "-P", "-m", "grader", "batch", tmp_path / "class", *told]
    done = subprocess.run(
        [*map(str, command)],
        env={"PATH": os.defpath, "HOME": "/nonexistent", "GRADER_LANG": "en"},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    reports = [json.loads(file.read_text()) for file in (tmp_path / "graded").rglob("*.json")]
    printed = [
        json.loads(report["output"]["text"])
        for report in reports
        if '"opened"' in report.get("output", {}).get("text", "")
    ]
    assert printed, done.stdout + done.stderr
    assert all(found == NOTHING for found in printed)
