"""How files may lie: trees of folders, and the downloads of many systems."""

import json
import struct
import zipfile
import zlib

import pytest
from support.text_blocks import block

from grader.batch.errors import BatchError
from grader.batch.lms.registry import layout_names, systems
from grader.batch.times import parse_written_time, stamp

CODE = block("""
    def double(x):
        return 2 * x
""")
ROSTER = block("""
    id,name,username
    s1,Ada One,aone
    s2,Bob Two,btwo
    s3,Cyd Three,cthree
""")


def rows(taken):
    return [(one.student, one.attempt, one.file) for one in taken.handed]


def students(taken):
    return [one.id for one in taken.students]


# Trees

TREES = [
    ["Groupe A/{0}/ex01.py", "Groupe A/{1}/ex01.py", "Groupe B/{2}/ex01.py"],
    ["TD3/ex01/{0}/reponse.py", "TD3/ex01/{1}/reponse.py", "TD3/ex01/{2}/x.py"],
    ["Groupe A/ex01/{0}.py", "Groupe A/ex01/{1}.py", "Groupe B/ex01/{2}.py"],
    ["Week 3/{0}/double.py", "Week 3/{1}/ex01.py", "Week 4/{2}/ex01.py"],
    ["Неделя 3/{0}/ex01.py", "Неделя 3/{1}/ex01.py", "Неделя 4/{2}/ex01.py"],
    ["L3 Info/Groupe A/{0}/ex01.py", "L3 Info/Groupe A/{1}/ex01.py", "L3 Info/Gr. B/{2}/ex01.py"],
    [
        "submissions/ex01/{0}/1/ex01.py",
        "submissions/ex01/{1}/1/ex01.py",
        "submissions/ex01/{2}/1/a.py",
    ],
    ["ex01-submissions/{0}/ex01.py", "ex01-submissions/{1}/ex01.py", "ex01-submissions/{2}/a.py"],
    ["Smith/{0}/ex01.py", "Smith/{1}/ex01.py", "Jones/{2}/ex01.py"],
    ["2026-11-20/{0}/ex01.py", "2026-11-20/{1}/ex01.py", "2026-11-21/{2}/ex01.py"],
    ["{0}/ex01/src/a.py", "{1}/ex01/src/a.py", "{2}/ex01/tests/../a.py".replace("../", "")],
    ["{0}/final/ex01.py", "{1}/v2/ex01.py", "{2}/ex01.py"],
    ["ex01 {0}/a.py", "ex01 {1}/a.py", "ex01 {2}/a.py"],
]
NAMES = ["Ada One", "Bob Two", "Cyd Three"]


@pytest.mark.parametrize("tree", TREES, ids=lambda tree: tree[0])
def test_a_folder_of_several_students_folders_is_no_student(tree, intake, owners):
    files = [path.format(*NAMES) for path in tree]
    taken = intake(dict.fromkeys(files, CODE), ["ex01"])
    assert owners(taken) == dict(zip(files, NAMES, strict=True))
    assert students(taken) == NAMES


@pytest.mark.parametrize("tree", TREES, ids=lambda tree: tree[0])
@pytest.mark.parametrize("column", [0, 1, 2])
def test_with_a_roster_the_inner_folder_is_looked_up(tree, column, intake, owners):
    known = [line.split(",")[column] for line in ROSTER.splitlines()[1:]]
    files = [path.format(*known) for path in tree]
    taken = intake(dict.fromkeys(files, CODE), ["ex01"], roster=ROSTER)
    assert owners(taken) == dict(zip(files, ["s1", "s2", "s3"], strict=True))


@pytest.mark.parametrize(
    "files",
    [
        ["Ada/x/ex01.py", "Ada/y/ex02.yaml", "Bob/ex01.py", "Cy/ex01.py"],
        ["Ada/src/ex01.py", "Ada/data/ex02.yaml"],
        ["Ada/TP1/ex01.py", "Ada/TP2/ex02.yaml", "Bob/TP1/ex01.py"],
        ["Ada/ex01/a.py", "Ada/ex02/a.yaml"],
        ["Ada/Ada/ex01.py", "Bob/Bob/ex01.py"],
    ],
)
def test_a_student_s_own_folders_are_no_students(files, intake):
    taken = intake(dict.fromkeys(files, CODE))
    assert set(students(taken)) == {file.split("/")[0] for file in files}


def test_whoever_is_on_the_roster_is_no_section(intake, owners):
    roster = block("""
        id,name
        1,Mallory
        2,Ada
        3,Bob
    """)
    files = ["Mallory/Ada/ex01.py", "Mallory/Bob/ex01.py", "Ada/ex01.py", "zed/1/ex01.py"]
    taken = intake(dict.fromkeys(files, CODE), roster=roster)
    assert set(owners(taken).values()) == {"1", "2"}
    assert owners(taken)["Ada/ex01.py"] == "2"


def test_numbered_versions_are_ordered_as_people_count(intake):
    files = [f"{name}/{n}/ex01.py" for name in ("aone", "btwo") for n in (1, 2, 10)]
    taken = intake(dict.fromkeys(files, CODE))
    assert [(one.student, one.attempt) for one in taken.handed] == [
        (name, n) for name in ("aone", "btwo") for n in (1, 2, 10)
    ]


def test_one_student_s_numbered_folders_are_no_tries(intake):
    files = [f"Ada/{number}/ex01.py" for number in range(1, 21)]
    taken = intake(dict.fromkeys([*files, "Bob/ex01.py", "Cy/ex01.py"], CODE))
    assert [one.student for one in taken.handed] == ["Ada", "Bob", "Cy"]


@pytest.mark.parametrize(
    ("settings", "expected"),
    [('{"active_version": 2}', [2]), ('{"active_version": 0}', []), ("broken", [])],
)
def test_submitty_s_active_version_counts(settings, expected, intake, reasons):
    files = {f"submissions/ex01/aone/{n}/ex01.py": f"{CODE}# {n}" for n in (1, 2, 10)}
    files |= {"submissions/ex01/aone/user_assignment_settings.json": settings}
    taken = intake(files | {"submissions/ex01/btwo/1/ex01.py": CODE})
    assert [one.attempt for one in taken.handed if one.student == "aone"] == expected
    told = [name for name, why in reasons(taken).items() if why == "batch.inactive_version"]
    assert len(told) == 3 - len(expected)


def test_times_in_names_are_versions(intake):
    files = [f"Ada One_2026-11-{day}-11-00-00_ex01.py" for day in ("09", "20", "21")]
    taken = intake(dict.fromkeys([*files, "Bob Two_2026-11-20_ex01.py"], CODE))
    assert rows(taken)[:3] == [("Ada One", n, file) for n, file in enumerate(files, start=1)]
    assert students(taken) == ["Ada One", "Bob Two"]


# Systems

GITHUB = {
    "ex01-double-octo-ada/.github/classroom/autograding.json": "{}",
    "ex01-double-octo-ada/README.md": "",
    "ex01-double-octo-ada/ex01_double.py": CODE,
    "ex01-double-octo-ada/tests/test_double.py": "from ex01_double import double",
    "ex01-double-bob2/ex01_double.py": CODE,
}


@pytest.mark.parametrize("front", ["", "ex01-double-submissions/"])
def test_github_classroom(front, intake, owners):
    files = {f"{front}{name}": data for name, data in GITHUB.items()}
    taken = intake(files)
    assert sorted(owners(taken).values()) == ["bob2", "octo-ada"]
    assert [one.attempt for one in taken.handed] == [1, 1]
    roster = block("""
        identifier,github_username,github_id,name
        s100,octo-ada,111,Ada
        s200,bob2,222,Bob
    """)
    assert students(intake(files, roster=roster, source="two")) == ["s100", "s200"]


def test_github_classroom_where_the_assignment_names_no_exercise(intake, owners):
    files = {"lab-three-octo-ada/a.py": CODE, "lab-three-bob2/a.py": CODE}
    roster = block("""
        identifier,github_username
        s100,octo-ada
        s200,bob2
    """)
    assert sorted(owners(intake(files, ["ex01"], roster=roster)).values()) == ["s100", "s200"]
    taken = intake(files, ["ex01"], layout="github-classroom", source="two")
    assert students(taken) == ["bob2", "octo-ada"]


BRIGHTSPACE = {
    "index.html": "<html>",
    "123-987 - Ada One - Nov 9, 2026 105 PM/ex01.py": CODE + "# old",
    "123-987 - Ada One - Nov 20, 2026 1005 AM/ex01.py": CODE,
    "124-987 - Bob Two - Nov 20, 2026 110 PM/ex01.py": CODE,
}
BLACKBOARD = {
    "Ex01_aone_attempt_2026-11-20-10-11-12.txt": "Name: Ada One (aone)\nAssignment: Ex01\n",
    "Ex01_aone_attempt_2026-11-09-10-11-12_ex01.py": CODE + "# old",
    "Ex01_aone_attempt_2026-11-20-10-11-12_ex01.py": CODE,
    "Ex01_btwo_attempt_2026-11-20-11-11-12_solution.py": CODE,
}
AUTOLAB = {
    "aone@example.org_2_handin.py": CODE + "# old",
    "aone@example.org_10_handin.py": CODE,
    "btwo@example.org_1_handin.py": CODE,
}
VPL = {
    "Ada One 100 aone/2026-11-19-10-00-00/ex01.py": CODE + "# old",
    "Ada One 100 aone/2026-11-20-10-00-00/ex01.py": CODE,
    "Ada One 100 aone/2026-11-20-10-00-00.ceg/execution.txt": "",
    "Bob Two 101 btwo/2026-11-20-10-00-00/ex01.py": CODE,
}
ROSTERS = {
    "brightspace": block("""
        OrgDefinedId,Username,Last Name,First Name,End-of-Line Indicator
        #s1,#aone,One,Ada,#
        #s2,#btwo,Two,Bob,#
    """),
    "blackboard": '"Last Name"\t"First Name"\t"Username"\t"Student ID"\n'
    '"One"\t"Ada"\t"aone"\t"s1"\n"Two"\t"Bob"\t"btwo"\t"s2"\n',
    "autolab": block("""
        id,email
        s1,aone@example.org
        s2,btwo@example.org
    """),
    "vpl": block("""
        id,name,username
        s1,Ada One,aone
        s2,Bob Two,btwo
    """),
}
FILES = {"brightspace": BRIGHTSPACE, "blackboard": BLACKBOARD, "autolab": AUTOLAB, "vpl": VPL}


@pytest.mark.parametrize("system", FILES)
@pytest.mark.parametrize("wrapped", [False, True])
@pytest.mark.parametrize("named", [False, True])
def test_downloads_of_other_systems(system, wrapped, named, intake):
    front = "download/" if wrapped else ""
    files = {f"{front}{name}": data for name, data in FILES[system].items()}
    table = ROSTERS[system].encode("utf-16" if system == "blackboard" else "utf-8")
    options = {"layout": system} if named else {}
    taken = intake(files, ["ex01"], roster=table, **options)
    assert [one.student for one in taken.handed] == ["s1", "s1", "s2"]
    last = max((one for one in taken.handed if one.student == "s1"), key=lambda one: one.attempt)
    assert last.read().decode() == CODE
    alone = intake(files, ["ex01"], source="two")
    assert len(alone.students) == 2
    assert len(alone.handed) == 3


@pytest.mark.parametrize(
    ("text", "reason"),
    [("Name: Ada One (aone)", None), ("Name: Zed Nine (aone)", "batch.signs_disagree")],
)
def test_the_text_of_blackboard_s_must_agree(text, reason, intake, reasons):
    files = BLACKBOARD | {"Ex01_aone_attempt_2026-11-20-10-11-12.txt": text + "\n"}
    taken = intake(files, ["ex01"], roster=ROSTER)
    told = reasons(taken).get("Ex01_aone_attempt_2026-11-20-10-11-12_ex01.py")
    assert told == reason


def test_what_follows_in_a_name_is_the_student_s_own(intake, owners):
    name = "Ex01_aone_attempt_2026-11-20-10-11-12_Ex01_btwo_attempt_2026-11-20-10-11-13_ex01.py"
    taken = intake(BLACKBOARD | {name: CODE}, ["ex01"], roster=ROSTER)
    assert set(owners(taken).values()) == {"s1", "s2"}
    assert [one.student for one in taken.handed].count("s2") == 1
    name = "aone@example.org_3_btwo@example.org_9_ex01.py"
    taken = intake(AUTOLAB | {name: CODE}, ["ex01"], roster=ROSTERS["autolab"], source="two")
    assert owners(taken)[name] == "s1"


def test_every_layout_can_be_named():
    assert set(systems()) < set(layout_names())


@pytest.mark.parametrize("layout", sorted({*layout_names()} - {"folders", "github-classroom"}))
def test_a_layout_that_does_not_explain_the_files_is_refused(layout, intake):
    with pytest.raises(BatchError, match=r"batch.layout_unfit"):
        intake({f"{name}/ex01.py": CODE for name in ("Ada", "Bob", "Cy")}, layout=layout)


def test_folders_and_files_as_named(intake, owners):
    files = {
        "Ada/x/ex01.py": CODE,
        "Ada/y/ex02.yaml": "",
        "Bob/z/ex01.py": CODE,
        "ex01_Cy.py": CODE,
    }
    taken = intake(files, layout="folders")
    assert set(owners(taken).values()) == {"Ada", "Bob"}
    files = {"all/ex01_Ada.py": CODE, "all/old/ex01_Bob.py": CODE}
    assert set(owners(intake(files, layout="files", source="two")).values()) == {"Ada", "Bob"}


@pytest.mark.parametrize(
    ("files", "id_"),
    [
        (
            [*(f"S{n}_{n}_assignsubmission_file/ex01.py" for n in range(5))]
            + [f"Student {n}/ex01.py" for n in range(4)],
            "batch.layout_mixed",
        ),
        (
            [
                f"{ex}/S{n}_{n}_assignsubmission_file/a.py"
                for ex in ("ex01", "ex02")
                for n in (1, 2)
            ],
            "batch.layout_several",
        ),
    ],
)
def test_what_no_layout_explains_is_refused(files, id_, intake):
    with pytest.raises(BatchError, match=id_):
        intake(dict.fromkeys(files, CODE))


def test_a_tree_of_strangers_is_refused_unless_its_layout_is_named(intake, owners):
    files = dict.fromkeys([f"x{n}/ex01.py" for n in range(5)] + ["Ada One/ex01.py"], CODE)
    with pytest.raises(BatchError, match=r"batch.layout_unknown"):
        intake(files, roster=ROSTER)
    taken = intake(files, roster=ROSTER, layout="folders", source="two")
    assert owners(taken) == {"Ada One/ex01.py": "s1"}


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("Nov 9, 2026 105 PM", (2026, 11, 9, 13, 5)),
        ("Nov 20, 2026 1005 AM", (2026, 11, 20, 10, 5)),
        ("Nov 20, 2026 1205 AM", (2026, 11, 20, 0, 5)),
        ("9 nov. 2026 1305", (2026, 11, 9, 13, 5)),
        ("20 août 2026 13:05", (2026, 8, 20, 13, 5)),
        ("9 ноября 2026 1305", (2026, 11, 9, 13, 5)),
        ("no time", None),
    ],
)
def test_times_in_words(text, time):
    assert parse_written_time(text) == time


def test_times_in_digits():
    assert stamp("x_2026-11-20-10-11-12_y") == (2026, 11, 20, 10, 11, 12)
    assert stamp("20261120_1011") == (2026, 11, 20, 10, 11, 0)
    assert stamp("2026-11-20") == (2026, 11, 20, 0, 0, 0)
    assert stamp("20231234") is None
    assert stamp("20261120") is None


# Names of exercises


@pytest.mark.parametrize(
    "name",
    [
        *("exercice1", "exo1", "exo_01", "упр1", "Упражнение 1", "задание1", "Задача №1"),
        *("Exercice n°1", "Exercise-1 double", "EX 1", "Exo 1 - double", "Копия ex01", "ex001"),
    ],
)
def test_exercises_are_known_in_three_languages(name, intake):
    (one,) = intake({f"Ada/{name}.py": CODE}).handed
    assert one.exercise == "ex01"


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("ex02_double.yaml", "half: 1", "batch.two_exercises"),
        ("ex01_everything.py", "def other(): pass", "batch.two_exercises"),
        ("ex01_everything.py", CODE, None),
        ("TP1.py", CODE, "batch.no_exercise"),
        ("hw1.py", CODE, "batch.no_exercise"),
    ],
)
def test_a_name_of_two_exercises_is_listed_unless_the_file_settles_it(
    name, content, reason, intake, reasons
):
    assert reasons(intake({f"Ada/{name}": content})).get(f"Ada/{name}") == reason


# Character sets of names


def garbled(path, names, encoding, extra=None):
    """Make a zip as old Windows does: names in its own character set, and no word about it."""
    with zipfile.ZipFile(path, "w") as archive:
        for place, name in enumerate(names):
            info = zipfile.ZipInfo(chr(65 + place) * len(name.encode(encoding)))
            info.extra = extra(name, encoding) if extra else b""
            archive.writestr(info, CODE)
    data = path.read_bytes()
    for place, name in enumerate(names):
        raw = name.encode(encoding)
        data = data.replace(chr(65 + place).encode() * len(raw), raw)
    path.write_bytes(data)
    return path


RUSSIAN = ["Иванов Иван", "Кузнецова Мария", "Соколова Дарья"]
FRENCH = ["Zoé Lefèvre", "François Noël", "Benoît Gérard"]


@pytest.mark.parametrize(
    ("names", "encoding"),
    [(RUSSIAN, "cp866"), (RUSSIAN, "cp1251")]
    + [(FRENCH, encoding) for encoding in ("cp1252", "cp437", "cp850")],
)
@pytest.mark.parametrize("known", [True, False])
def test_names_of_old_zips_are_read(names, encoding, known, intake, tmp_path):
    path = garbled(tmp_path / "a.zip", [f"{name}/ex01.py" for name in names], encoding)
    roster = "id,name\n" + "".join(f"s{n},{name}\n" for n, name in enumerate(names))
    taken = intake(path, roster=roster if known else None)
    assert sorted(one.name for one in taken.students) == sorted(names)
    assert len(taken.handed) == 3


def test_names_that_two_sets_make_known_are_left_alone(intake, tmp_path):
    twin = "ЖЖ".encode("cp866").decode("cp850")
    path = garbled(tmp_path / "a.zip", ["ЖЖ/ex01.py"], "cp866")
    roster = block(f"""
        id,name
        1,ЖЖ
        2,{twin}
    """)
    with pytest.raises(BatchError, match=r"batch.garbled_source"):
        intake(path, roster=roster)


def test_names_that_stay_garbled_are_told(intake, tmp_path):
    path = garbled(tmp_path / "a.zip", ["Иванов Иван/ex01.py"], "koi8-r")
    taken = intake(path)
    assert [one.reason for one in taken.doubts] == ["batch.garbled"]


def test_a_path_in_utf8_beside_the_old_one_counts(intake, tmp_path):
    def field(name, encoding):
        check = struct.pack("<BI", 1, zlib.crc32(name.encode(encoding)))
        data = check + name.encode()
        return struct.pack("<HH", 0x7075, len(data)) + data

    path = garbled(tmp_path / "a.zip", ["Żak/ex01.py"], "cp852", field)
    assert students(intake(path)) == ["Żak"]


def test_a_folder_that_was_unpacked_from_such_a_zip_is_read(intake, tmp_path):
    for name in RUSSIAN:
        folder = tmp_path / "in" / name.encode("cp1251").decode("utf-8", "surrogateescape")
        folder.mkdir(parents=True)
        (folder / "ex01.py").write_text(CODE)
    taken = intake(tmp_path / "in")
    assert sorted(one.name for one in taken.students) == RUSSIAN


def test_json_of_doubts_names_no_path_of_the_machine(intake):
    taken = intake({"Ada/ex01.py": CODE, "Ada/ex01.ipynb": json.dumps({"cells": []})})
    assert not any(one.file.startswith("/") for one in taken.doubts)


def test_a_roster_tells_what_words_alone_do_not(intake, tmp_path, owners):
    path = garbled(tmp_path / "a.zip", ["Éé/ex01.py", "Öü Ñ/ex01.py"], "cp850")
    taken = intake(
        path,
        roster=block("""
            id,name
            1,Éé
            2,Öü Ñ
        """),
    )
    assert sorted(owners(taken).values()) == ["1", "2"]


def test_what_lies_among_the_files_of_a_class_is_nobody_s(intake, reasons):
    files = {
        "list.csv": "",
        "README.md": "",
        "Ada.py": CODE,
        "Bob/ex01.py": CODE,
        "ex01_Cy.pdf": "",
    }
    taken = intake({**files, "Bob/venv/lib/a.py": ""}, ["ex01"])
    assert students(taken) == ["Ada", "Bob", "Cy"]
    assert reasons(taken) == {
        "Bob/venv": "batch.system_file",
        "README.md": "batch.no_student",
        "list.csv": "batch.no_student",
    }


def test_the_folders_of_teams_are_read(intake):
    front = "Submitted files/{}/Exercise 1/Version {}/ex01.py"
    files = [front.format(name, n) for name in ("Ada One", "Bob Two") for n in (1, 2)]
    taken = intake(dict.fromkeys(files, CODE))
    assert [(one.student, one.attempt) for one in taken.handed] == [
        (name, n) for name in ("Ada One", "Bob Two") for n in (1, 2)
    ]
