"""Whatever the paths are: with a roster, nobody gets a file whose path does not tell them."""

import tempfile
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.text_blocks import block

from grader.batch.errors import BatchError
from grader.batch.intake import read_source
from grader.batch.names import cleaned_name, squeezed_names
from grader.course.loading import Course

TINY = Path(__file__).resolve().parents[1] / "courses" / "tiny"
CODE = block("""
    def double(x):
        return 2 * x
""")
PEOPLE = {"12": "Ada One", "13": "Bob Two", "110": "O'Neil, Cy"}
SIGNS = {
    "12": ("Ada One", "One, Ada", "ada_one", "ada"),
    "13": ("Bob Two", "bob"),
    "110": ("Cy ONeil", "ONeil Cy", "O'Neil, Cy", "cy"),
}
SHEET = block("""
    Identifier,Full name,Email address,Username,Group
    Participant 12,Ada One,ada@x.org,ada,Red
    Participant 13,Bob Two,bob@x.org,bob,Red
    Participant 110,"Cy O'Neil",cy@x.org,cy,
""")
PLAIN = "id,name,username\n" + "".join(
    f'{id_},"{name}",{SIGNS[id_][-1]}\n' for id_, name in PEOPLE.items()
)
WORDS = (
    *("12", "13", "110", "1", "ex01", "Groupe A", "Red", "Green", "tests", "old", "Zed"),
    *(sign for signs in SIGNS.values() for sign in signs),
)
NAMED = st.builds(
    lambda name, number, tail: f"{name}_{number}_{tail}",
    st.sampled_from(WORDS),
    st.sampled_from(["12", "13", "110", "7"]),
    st.sampled_from(["assignsubmission_file", "9001", "x"]),
)
PART = st.one_of(st.sampled_from(WORDS), NAMED)
FILE = st.builds(lambda stem, end: stem + end, PART, st.sampled_from([".py", "_ex01.py", ".zip"]))
PATH = st.builds(lambda parts, file: "/".join([*parts, file]), st.lists(PART, max_size=3), FILE)


def tells(path, student):
    """Tell whether a path has a sign of a student, or of their team."""
    text = cleaned_name(path.replace("/", " ").replace(",", " "))
    signs = SIGNS[student]
    spelled = [cleaned_name(sign.replace(",", " ")) for sign in signs]
    squeezed = squeezed_names(signs[0])
    alone = {part.partition(".")[0].removesuffix("_ex01") for part in path.split("/")}
    return any(word in text for word in (*spelled, *squeezed, "red")) or student in alone


@pytest.mark.parametrize("roster", [SHEET, PLAIN], ids=["sheet", "plain"])
@settings(max_examples=150, deadline=None)
@given(paths=st.lists(PATH, min_size=1, max_size=7, unique=True))
def test_nobody_gets_a_file_whose_path_does_not_tell_them(roster, paths):
    paths = [path for path in paths if not any(other.startswith(f"{path}/") for other in paths)]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "roster.csv").write_text(roster, encoding="utf-8")
        with zipfile.ZipFile(folder / "class.zip", "w") as archive:
            for path in paths:
                archive.writestr(path, CODE)
        try:
            taken = read_source(folder / "class.zip", Course(TINY), ["ex01"], folder / "roster.csv")
        except BatchError:
            return
        ids = {"ada@x.org": "12", "bob@x.org": "13", "cy@x.org": "110"}
        ids |= {"ada": "12", "bob": "13", "cy": "110"}
        for one in taken.handed:
            assert tells(one.file, ids.get(one.student, one.student)), (one.file, one.student)
        listed = {one.file for one in taken.handed} | {one.file for one in taken.unmatched}
        assert len(listed) == len(paths)
