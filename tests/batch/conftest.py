"""What tests of the intake share: a class's files from names and contents."""

import zipfile
from pathlib import Path

import pytest

from grader.batch.intake import read_source
from grader.course.loading import Course

COURSES = Path(__file__).resolve().parents[1] / "courses"


def written(path, files):
    """Make a zip, or a folder, of files given by name."""
    if path.suffix == ".zip":
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, data in files.items():
                archive.writestr(name, data)
        return path
    for name, data in files.items():
        file = path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data if isinstance(data, bytes) else data.encode())
    return path


@pytest.fixture
def intake(tmp_path):
    """Return what takes files in: by default of one exercise, from a folder, without a roster."""

    def take(files, asked=(), *, roster=None, sheet=None, source="class", **options):
        tables = {"roster": roster, "sheet": sheet}
        for name, text in tables.items():
            if text is not None:
                tables[name] = tmp_path / f"{name}.csv"
                tables[name].write_bytes(text if isinstance(text, bytes) else text.encode())
        path = written(tmp_path / source, files) if isinstance(files, dict) else files
        course = Course(COURSES / "tiny")
        return read_source(
            path, course, list(asked), tables["roster"], sheet=tables["sheet"], **options
        )

    return take


@pytest.fixture
def owners():
    """Return what tells whose the files are: by file, the ids of all who have it."""

    def tell(taken):
        found = {}
        for one in taken.handed:
            found.setdefault(one.file, []).append(one.student)
        return {file: ids[0] if len(ids) == 1 else ids for file, ids in found.items()}

    return tell


@pytest.fixture
def reasons():
    """Return what tells why files are not graded."""
    return lambda taken: {one.file: one.reason for one in taken.unmatched}
