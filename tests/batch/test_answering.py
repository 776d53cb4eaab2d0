"""Of the files that a student hands in at once, the one that answers is graded."""

import io
import json
import tarfile
import zipfile

import pytest
from support.text_blocks import block

from grader.batch.intake.definitions import Asked, Defines, defined
from grader.course.unreadable import UnreadableSubmissionError

CODE = block("""
    def double(x):
        return 2 * x
""")
OTHER = block("""
    def double(x):
        return x + x
""")
USES = block("""
    from ex01 import double

    def test_two():
        assert double(1) == 2
""")
STUB = block("""
    # ex01


    def double(x):
        raise NotImplementedError
""")
MOODLE = "Ada_5_assignsubmission_file/"


def notebook(source):
    cells = [{"cell_type": "code", "source": source}] if source else []
    return json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5})


def zipped(files):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return data.getvalue()


def tarred(files, mode="w:gz"):
    data = io.BytesIO()
    with tarfile.open(fileobj=data, mode=mode) as archive:
        for name, content in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content.encode()))
    return data.getvalue()


@pytest.mark.parametrize(
    ("answer", "beside", "doubt"),
    [
        ("ex01.py", {"test_ex01.py": USES}, False),
        ("ex01.py", {"ex01_test.py": USES}, False),
        ("ex01.py", {"tests/test_ex01.py": USES, "conftest.py": ""}, False),
        ("ex01.py", {"test_ex01.py": CODE}, False),  # its own copy
        ("ex01.py", {"plot_ex01.py": "import numpy"}, False),
        ("ex01.py", {"ex01_backup.py": OTHER}, False),
        ("ex01.py", {"old/ex01.py": OTHER}, False),
        ("ex01.py", {"Copy of ex01.py": OTHER}, False),
        ("ex01.py", {"Копия ex01.py": OTHER}, False),
        ("ex01.ipynb", {"ex01-checkpoint.ipynb": notebook(OTHER)}, False),
        ("ex01.py", {"ex01.ipynb": notebook("")}, False),
        ("ex01.py", {"ex01_notes.py": "x = 1"}, False),
        ("ex01.py", {"ex01_double.py": STUB}, False),
        ("ex01.py", {"ex01_same.py": CODE}, None),
        ("solution.py", {"ex01_tests.py": USES}, False),
        ("double.py", {"ex01_test.py": USES, "utils.py": "y = 1"}, False),
        ("ex01_v10.py", {"ex01_v9.py": OTHER}, True),
        ("ex01.py", {"ex01.ipynb": notebook(OTHER)}, True),
    ],
)
def test_the_file_that_defines_what_is_asked(answer, beside, doubt, intake):
    content = notebook(CODE) if answer.endswith(".ipynb") else CODE
    taken = intake({f"{MOODLE}{name}": data for name, data in {answer: content, **beside}.items()})
    (one,) = taken.handed
    assert one.attempt == 1
    if doubt is None:  # the same content under another name
        assert one.read().decode() == CODE
        assert not taken.doubts
        return
    assert one.file == f"{MOODLE}{answer}"
    told = [(found.file, found.reason) for found in taken.doubts]
    assert told == ([(one.file, "batch.several_answers")] if doubt else [])
    assert len(taken.unmatched) == len(beside)


@pytest.mark.parametrize("front", ["Ada/", MOODLE, "oneada_9001_7_"])
def test_many_files_of_one_upload_are_one_try(front, intake):
    files = {f"{front}ex02_{number}.yaml": f"half: {number}" for number in range(20)}
    taken = intake({**files, f"{front}ex01.py": CODE})
    assert [(one.exercise, one.attempt) for one in taken.handed] == [("ex01", 1), ("ex02", 1)]
    assert [one.exercise for one in taken.doubts] == ["ex02"]


def test_a_file_of_tests_alone_is_no_answer_unless_it_defines_one(intake, reasons):
    taken = intake({"Ada/test_ex01.py": USES, "Bo/ex01_test.py": CODE, "Cy/ex01_old.py": "x = 1"})
    assert [one.student for one in taken.handed] == ["Bo", "Cy"]
    assert reasons(taken) == {"Ada/test_ex01.py": "batch.test_file"}


def test_modules_beside_an_answer_go_along(intake, reasons):
    files = {
        "ex01.py": block("""
            from tools import two
            from pkg.deep import three
        """)
        + CODE,
        "tools.py": "two = 2",
        "pkg/deep.py": "three = 3",
        "my tool.py": "",
        "tests/test_tools.py": "",
        "data.csv": "1",
    }
    taken = intake({f"{MOODLE}{name}": data for name, data in files.items()})
    (one,) = taken.handed
    helpers = {helper.name: helper.read().decode() for helper in one.helpers}
    assert helpers == {"pkg/deep.py": "three = 3", "tools.py": "two = 2"}
    assert reasons(taken)[f"{MOODLE}tools.py"] == "batch.helper"


def test_helpers_are_named_from_the_answer_and_are_the_student_s_own(intake):
    uses = f"import near, far\n{CODE}"
    files = {"Ada/src/ex01.py": uses, "Ada/src/near.py": "import more", "Ada/far.py": ""}
    files |= {"Ada/more.py": "", "Ada/unused.py": "", "Bo/ex01.py": uses}
    ada, bo = intake(files).handed
    assert [helper.name for helper in ada.helpers] == ["far.py", "more.py", "near.py"]
    assert not bo.helpers
    canvas = {"oneada_9_1_near-1.py": "", "oneada_9_2_ex01.py": uses, "bo_8_3_far.py": ""}
    (one,) = intake(canvas, ["ex01"], source="canvas").handed[1:]
    assert [helper.name for helper in one.helpers] == ["near.py"]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("ex01.zip", zipped({"double.py": CODE, "__MACOSX/._double.py": "x"})),
        ("work.zip", zipped({"project/ex01.py": CODE, "project/tests/test_ex01.py": USES})),
        ("work.zip", zipped({"inner.zip": zipped({"ex01.py": CODE})})),
        ("ex01.tar.gz", tarred({"ex01.py": CODE})),
        ("ex01.tgz", tarred({"./deep/ex01.py": CODE})),
        ("ex01.tar", tarred({"ex01.py": CODE}, "w")),
        ("ex01.py.txt", CODE),
        ("ex01.ipynb.json", notebook(CODE)),
        ("ex01.ipynb.txt", notebook(CODE)),
    ],
)
@pytest.mark.parametrize("front", ["Ada/", MOODLE, "oneada_9001_7_"])
def test_an_archive_or_a_name_with_something_behind_is_looked_into(front, name, data, intake):
    (one,) = intake({f"{front}{name}": data}).handed
    assert one.suffix in {".py", ".ipynb"}
    assert b"return 2 * x" in one.read()


def test_a_folder_of_students_zips_is_read(intake, owners):
    files = {f"{name}.zip": zipped({"ex01.py": CODE}) for name in ("Ada One", "Bo Two")}
    taken = intake(files)
    assert owners(taken) == {"Ada One.zip/ex01.py": "Ada One", "Bo Two.zip/ex01.py": "Bo Two"}


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("ex01.zip", b"PK\x03\x04 broken"),
        ("ex01.tar.gz", tarred({"ex01.py": CODE})[:-20]),
        ("ex01.zip", zipped({"a.zip": zipped({"b.zip": zipped({"ex01.py": CODE})})})),
        ("ex01.zip", zipped({f"{number}.py": "" for number in range(1_001)})),
        ("ex01.zip", zipped({f"{n}.ipynb": " " * 2**24 for n in range(5)})),
        ("ex01.tar.gz", tarred({f"{n}.txt": " " * 2**24 for n in range(5)})),
        ("ex01.rar", b"Rar!"),
        ("ex01.7z", b"7z"),
    ],
)
def test_an_archive_that_cannot_be_opened_is_listed_and_harms_nobody(name, data, intake, reasons):
    taken = intake({f"Ada/{name}": data, "Bo/ex01.py": CODE})
    assert [one.student for one in taken.handed] == ["Bo"]
    assert list(reasons(taken).values()) == ["batch.inner_archive"]
    assert [one.id for one in taken.students] == ["Ada", "Bo"]


def test_of_one_student_a_few_archives_are_opened(intake, reasons):
    files = {f"Ada/{number}.zip": zipped({"ex02.yaml": "half: 1"}) for number in range(8)}
    taken = intake({**files, "Bo/ex01.py": CODE})
    assert list(reasons(taken).values()).count("batch.inner_archive") == 3


def test_what_leads_out_of_an_inner_archive_is_listed(intake, reasons):
    tar = io.BytesIO()
    with tarfile.open(fileobj=tar, mode="w") as archive:
        link = tarfile.TarInfo("link.py")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(link)
        archive.addfile(tarfile.TarInfo("../ex01.py"))
    files = {"Ada/a.tar": tar.getvalue(), "Ada/b.zip": zipped({"../ex01.py": CODE})}
    taken = intake({**files, "Bo/ex01.py": CODE})
    assert reasons(taken) == {
        "Ada/a.tar/link.py": "batch.link",
        "Ada/a.tar/../ex01.py": "batch.unsafe_path",
        "Ada/b.zip/../ex01.py": "batch.unsafe_path",
    }


def test_a_file_in_an_archive_is_read_up_to_a_limit(intake):
    (one,) = intake({"Ada/a.zip": zipped({"ex01.py": " " * 2**21})}).handed
    with pytest.raises(UnreadableSubmissionError, match=r"read.too_large"):
        one.read()


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("def f(x): pass", Defines.ALL),
        ("async def f(x): pass", Defines.ALL),
        ("class f: pass", Defines.ALL),
        ("f = lambda x: x", Defines.ALL),
        ("f: object = g", Defines.ALL),
        (
            block("""
                if True:
                    def f(x): pass"""),
            Defines.IMPORTED,
        ),
        ("from m import f", Defines.IMPORTED),
        (
            block("""
                from m import (
                    g,
                    f,
                )"""),
            Defines.IMPORTED,
        ),
        ("from m import *", Defines.IMPORTED),
        ("f == 1", Defines.NOTHING),
        ("f(1)", Defines.NOTHING),
        ("def ff(x): pass", Defines.NOTHING),
        ("# def f(x): pass", Defines.NOTHING),
        ('"""\ndef f(x): pass\n"""', Defines.NOTHING),
        ("from f import g", Defines.NOTHING),
        ("from m import g\nf(1)", Defines.NOTHING),
        ("from m import g as f", Defines.IMPORTED),
    ],
)
def test_definitions_are_found_without_running_anything(source, expected):
    assert defined(source, Asked(("f",), "")) is expected


@pytest.mark.parametrize(
    "source", ['"""' * 100_001, "'" * 300_001, "from " * 200_000, "def f" * 200_000, "(" * 10**6]
)
def test_a_hostile_source_is_looked_at_soon(source, soon):
    with soon():
        defined(source, Asked(("f",), ""))
