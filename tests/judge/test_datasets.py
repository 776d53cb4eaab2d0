"""Collections of arrays: checks have them, submissions only what a check hands on."""

import numpy as np
import pytest
from support.text_blocks import block

from grader.course.errors import CourseError
from grader.course.locate import builtin_root
from grader.judge.checking.datasets import read_arrays

USES = """\
def test_one(student, reference, data, rng):
    x = data["pair"]["values"]
    assert not x.flags.writeable
    assert_close(student.double(x[:2]), reference.double(x[:2]))
"""


@pytest.fixture
def pair(court):
    folder = court.root / "exercises" / "data"
    folder.mkdir()
    np.savez_compressed(folder / "pair.npz", values=np.array([0.5, 1.5, 97.25]))
    court.exercise(USES, data=["pair"])
    return folder / "pair.npz"


@pytest.mark.usefixtures("pair")
def test_a_check_has_the_arrays_that_its_exercise_names(court):
    assert court.checks()["test_one"].status == "passed"
    assert (
        court.checks(
            block("""
                def double(x):
                    return 3 * x
            """)
        )["test_one"].status
        == "failed"
    )


@pytest.mark.parametrize(
    "content", [b"", b"PK\x03\x04 cut off", b"no arrays at all", None], ids=str
)
def test_a_collection_that_cannot_be_read_is_the_exercises_fault(court, pair, content):
    if content is None:
        pair.unlink()
    else:
        pair.write_bytes(content)
    with pytest.raises(CourseError) as refused:
        court.judge()
    assert refused.value.file == pair


def test_objects_are_not_unpacked(court, pair):
    np.savez(pair, values=np.array([{}], dtype=object))
    with pytest.raises(CourseError):
        court.judge()


def test_a_changed_collection_changes_what_marks_depend_on(court, pair):
    with court.open() as judge:
        before = judge.exercise.grading_hash
    np.savez_compressed(pair, values=np.array([0.25, 1.5]))
    with court.open() as judge:
        assert judge.exercise.grading_hash != before


def test_the_digits_are_those_of_their_origin():
    digits = read_arrays(builtin_root() / "exercises" / "data" / "digits.npz")
    images, labels = digits["images"], digits["labels"]
    assert (images.shape, images.dtype, labels.shape) == ((1797, 8, 8), np.uint8, (1797,))
    assert (images.min(), images.max()) == (0, 16)
    assert np.bincount(labels).tolist() == [178, 182, 177, 183, 181, 182, 181, 179, 174, 180]
    assert labels[:10].tolist() == list(range(10))
