"""A course as one piece of bytes: named by a hash of its files, unpacked safely, reused."""

import io
import shutil
import zipfile
from pathlib import Path

import pytest

from grader.batch.cluster.course_bundle import (
    BundleError,
    CourseBundle,
    _hash,
    pack,
    unpack,
    unpacked,
)
from grader.course.loading import Course

TINY = Path(__file__).resolve().parents[2] / "courses" / "tiny"


def hashes(root):
    course = Course(root)
    return [(one.model.id, one.grading_hash, one.text_hash) for one in course.exercises()]


def test_an_unpacked_course_is_the_same_course(tmp_path):
    bundle = pack(TINY)
    folder = unpack(bundle, tmp_path)
    assert folder.name == bundle.hash
    assert hashes(folder) == hashes(TINY)


def test_equal_courses_have_equal_bundles_wherever_they_lie(tmp_path):
    shutil.copytree(TINY, tmp_path / "other")
    compiled = tmp_path / "other" / "exercises" / "__pycache__"
    compiled.mkdir()
    (compiled / "checks.pyc").write_bytes(b"x")
    assert pack(tmp_path / "other") == pack(TINY)


def test_one_changed_byte_gives_another_name(tmp_path):
    shutil.copytree(TINY, tmp_path / "other")
    file = next((tmp_path / "other" / "answers").rglob("reference.py"))
    file.write_bytes(file.read_bytes() + b"\n")
    assert pack(tmp_path / "other").hash != pack(TINY).hash


def test_answers_of_exercises_that_are_not_needed_stay_at_home(tmp_path):
    names = Course(TINY).names
    folder = unpack(pack(TINY, names[1:]), tmp_path)
    sent = {file.parent.relative_to(folder).parts[1] for file in (folder / "answers").rglob("*.*")}
    assert sent == {names[0]}
    course = Course(folder)
    first = course.exercise(names[0])
    assert first.grading_hash == Course(TINY).exercise(names[0]).grading_hash
    assert course.names == names


def test_a_course_that_is_there_is_not_written_again(tmp_path):
    bundle = pack(TINY)
    file = unpack(bundle, tmp_path) / "exercises" / "course.yaml"
    before = file.stat().st_mtime_ns
    unpack(CourseBundle(bundle.hash, b"not looked at"), tmp_path)
    assert file.stat().st_mtime_ns == before


@pytest.mark.parametrize("spoil", ["changed", "missing", "added"])
def test_a_damaged_course_is_replaced(tmp_path, spoil):
    bundle = pack(TINY)
    file = unpack(bundle, tmp_path) / "exercises" / "course.yaml"
    if spoil == "missing":
        file.unlink()
    elif spoil == "added":
        (file.parent / "more.py").write_text("")
    else:
        file.write_text("other")
    assert unpacked(bundle.hash, tmp_path) is None
    unpack(bundle, tmp_path)
    assert unpacked(bundle.hash, tmp_path) is not None


def archive(*members):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as made:
        for name, data in members:
            made.writestr(zipfile.ZipInfo(name), data)
    return CourseBundle(_hash(sorted(members)), packed.getvalue())


@pytest.mark.parametrize(
    "name",
    [
        "../out.py",
        "exercises/../../out.py",
        "/etc/out.py",
        "exercises",
        "other/out.py",
        "exercises//out.py",
        "exercises\\..\\out.py",
        "exercises/C:out.py",
    ],
)
def test_a_path_that_leads_elsewhere_is_refused(tmp_path, name):
    with pytest.raises(BundleError):
        unpack(archive(("exercises/course.yaml", b""), (name, b"x")), tmp_path / "place")
    assert not (tmp_path / "place").exists()


@pytest.mark.parametrize("data", [b"", b"no archive", pack(TINY).data[:-40]])
def test_bytes_that_are_no_archive_are_refused(tmp_path, data):
    with pytest.raises(BundleError):
        unpack(CourseBundle(pack(TINY).hash, data), tmp_path)


def test_another_course_than_its_name_says_is_refused(tmp_path):
    other = archive(("exercises/course.yaml", b"x"))
    with pytest.raises(BundleError):
        unpack(CourseBundle("0" * 64, other.data), tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["..", "../../x", "", "A" * 64, "0" * 63])
def test_a_name_that_is_no_hash_is_refused(tmp_path, name):
    with pytest.raises(BundleError):
        unpacked(name, tmp_path)
