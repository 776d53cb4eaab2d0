"""Whose a file is: two signs that agree, or nobody's."""

import unicodedata

import pytest
from support.text_blocks import block

from grader.batch.errors import BatchError
from grader.batch.names import cleaned_name, common_start, ordered_name, squeezed_names

CODE = block("""
    def double(x):
        return 2 * x
""")
LOGINS = block("""
    id,name,login
    s1,Ada One,ada
    s2,Bo Two,bo
""")
SHEET = """\
Identifier,Full name,Email address,Status,Group,Grade,Maximum grade
Participant 11,Ada One,ada@x.org,Submitted,Green,,20
Participant 12,Bob Two,bob@x.org,No submission,,,20
Participant 13,Cy Three,cy@x.org,Submitted,"Équipe_Ω",,20
Participant 14,Dan Four,dan@x.org,Submitted,Green,,20
Participant 15,Eve Five,eve@x.org,Submitted,Équipe Ω,,20
Participant 16,Fay Six,fay@x.org,Submitted,Bob Two,,20
"""


def folder(name, file="ex01.py", plugin="file"):
    return f"{name}_assignsubmission_{plugin}/{file}"


@pytest.mark.parametrize("table", ["roster", "sheet"])
def test_a_team_s_folder_is_its_members_and_never_a_participant_s(table, intake, owners, reasons):
    files = dict.fromkeys([folder("Green_12"), folder("Default group")], CODE)
    taken = intake(files, **{table: SHEET})
    assert owners(taken) == {folder("Green_12"): ["ada@x.org", "dan@x.org"]}
    assert reasons(taken) == {folder("Default group"): "batch.no_group"}


@pytest.mark.parametrize("name", ["Équipe Ω_11", "Bob Two_14", "Bob Two_12", "Dan Four_12"])
def test_a_name_of_two_groups_or_of_a_group_and_a_student_is_listed(name, intake, owners, reasons):
    taken = intake({folder(name): CODE, folder("Ada One_11"): CODE}, roster=SHEET)
    assert owners(taken) == {folder("Ada One_11"): "ada@x.org"}
    assert reasons(taken)[folder(name)] in {"batch.ambiguous_student", "batch.signs_disagree"}


@pytest.mark.parametrize(("title", "cell"), [("Groupe", "Participant11"), ("Группа", "Участник11")])
def test_teams_are_known_in_french_and_russian(title, cell, intake, owners):
    first = {"Groupe": "Identifiant,Nom complet", "Группа": "Идентификатор,Полное имя"}[title]
    taken = intake({folder("Vert_99"): CODE}, roster=f"{first},{title}\n{cell},Ada,Vert\n")
    assert owners(taken) == {folder("Vert_99"): "11"}


def test_the_number_of_another_assignment_is_nobody_s(intake, owners, reasons):
    files = [folder("Ada One_333"), folder("Cy Three_11"), folder("Dan Four_14")]
    taken = intake(dict.fromkeys(files, CODE), roster=SHEET)
    assert owners(taken) == {files[2]: "dan@x.org"}
    assert reasons(taken) == dict.fromkeys(files[:2], "batch.signs_disagree")


@pytest.mark.parametrize(
    ("called", "packed"),
    [
        ("Mary_Ann O'Neil", "Mary Ann ONeil"),
        ('José "Pepe" Núñez', "José Pepe Núñez"),
        ("Ben & Co", "Ben  Co"),
        ("Ann/Anna Back\\", "AnnAnna Back"),
        ("Seán O’Brien", "Seán O’Brien"),
        ("Lovelace, Ada", "Ada Lovelace"),
        ("LOVELACE Ada", "Ada Lovelace"),
        (unicodedata.normalize("NFD", "Zoë Müller"), "Zoë Müller"),
        ("A <b> C: D", "A b C D"),
    ],
)
def test_names_as_moodle_packs_them(called, packed, intake, owners):
    cell = '"' + called.replace('"', '""') + '"'
    files = {folder(f"{packed}_42"): CODE}
    assert list(owners(intake(files, roster=f"id,name\ns7,{cell}\n")).values()) == ["s7"]
    sheet = f"Identifier,Full name,ID number\nParticipant 42,{cell},s7\n"
    assert list(owners(intake(files, roster=sheet)).values()) == ["s7"]


def test_names_that_packing_makes_equal_are_told_by_the_number(intake, owners):
    sheet = block("""
        Identifier,Full name,Username
        Participant 1,O'Neil,on
        Participant 2,ONeil,oneil
    """)
    files = [folder("ONeil_1"), folder("ONeil_2")]
    taken = intake(dict.fromkeys(files, CODE), roster=sheet)
    assert owners(taken) == dict(zip(files, ["on", "oneil"], strict=True))
    listed = intake(
        dict.fromkeys(files, CODE),
        roster=block("""
            id,name
            a,O'Neil
            b,ONeil
            c,Bo
        """),
    )
    assert not listed.handed


def test_one_person_is_one_in_two_assignments(intake):
    first = "Identifier,Full name,Email address\nParticipant 13,Zoë Müller,z@x.org\n"
    second = first.replace("13", "444")
    taken = [
        intake({folder(f"Zoë Müller_{number}"): CODE}, sheet=sheet, lasting=True, source=number)
        for number, sheet in (("13", first), ("444", second))
    ]
    assert [one.students[0].id for one in taken] == ["z@x.org", "z@x.org"]


def test_the_worksheet_leads_to_the_teacher_s_own_roster(intake, owners):
    roster = block("""
        id,name,email
        s1,Robert Two,bob@x.org
        s2,Ada One,
        s3,Ann Lee,al@x.org
    """)
    sheet = block("""
        Identifier,Full name,Email address
        Participant 11,Ada One,ada@y.org
        Participant 12,Bob Two,bob@x.org
        Participant 13,Ann Lee,al@x.org
    """)
    files = [folder("Ada One_11"), folder("Bob Two_12"), folder("Ann Lee_99")]
    taken = intake(dict.fromkeys(files, CODE), roster=roster, sheet=sheet)
    assert owners(taken) == {files[0]: "s2", files[1]: "s1"}


def test_a_number_alone_is_no_id_of_a_gradebook(intake):
    for name in ("Zoë", "Bob"):
        taken = intake({folder(f"{name}_13"): CODE}, lasting=True, source=name)
        assert [one.id for one in taken.students] == [f"{name} (13)"]
        assert [one.reason for one in taken.doubts] == ["batch.passing"]


def test_who_is_not_in_the_worksheet_to_fill_in_has_an_id_of_nobody_s(intake, owners):
    sheet = "Identifier,Full name,ID number\nParticipant 1,Ada,77\n"
    taken = intake({folder("Team C_77"): CODE, folder("Ada_1"): CODE}, sheet=sheet)
    assert owners(taken) == {folder("Ada_1"): "77", folder("Team C_77"): "Team C (77)"}


def test_blind_marking_and_a_download_of_one_group_are_read(intake, owners):
    blind = block("""
        Identifier,Status
        Participant 7,x
        Participant 8,x
    """)
    assert owners(intake({folder("Participant_7"): CODE}, roster=blind)) == {
        folder("Participant_7"): "7"
    }
    sheet = block("""
        Identifier,Full name
        Participant 7,Ada One
        Participant 8,Bo Two
    """)
    file = folder("Lab A-Ada One_7")
    assert owners(intake({file: CODE}, roster=sheet, source="lab")) == {file: "7"}


def test_canvas_s_number_counts_with_the_name_alone(intake, owners, reasons):
    roster = block("""
        Student,ID,SIS User ID,SIS Login ID,Section
        ,,,,Manual Posting
            Points Possible,,,,
        "One, Ada",9001,s1,a,NN
        "Two-Ray, Bo",9002,s2,b,NN
        "Student, Test",9009,,abc,NN
    """)
    names = [
        "oneada_9001_1_ex01.py",
        "tworaybo_LATE_9002_2_ex01.py",
        "group3_9001_3_ex01.py",
        "oneada_9002_4_ex01.py",
        "studenttest_9009_5_ex01.py",
        "anon_aB3dE_6_ex01.py",
    ]
    taken = intake(dict.fromkeys(names, CODE), roster=roster)
    assert [one.id for one in taken.students] == ["9001", "9002"]
    assert owners(taken) == {names[0]: "9001", names[1]: "9002"}
    assert reasons(taken) == {
        names[2]: "batch.signs_disagree",
        names[3]: "batch.signs_disagree",
        names[4]: "batch.no_student",
        names[5]: "batch.anonymous",
    }


def test_a_text_typed_online_is_listed_and_shown_as_its_student_s(intake, reasons):
    roster = block("""
        id,name
        9001,Ada One
        9002,Bo Two
    """)
    text = "twobo_9002_text.html"
    taken = intake({"oneada_9001_1_ex01.py": CODE, text: "<p>x</p>"}, roster=roster)
    assert reasons(taken) == {text: "batch.online_text"}
    assert [(one.student, one.reason) for one in taken.doubts] == [("9002", "batch.online_text")]


@pytest.mark.parametrize(
    "columns", ["LastName,FirstName,ID,SIS User ID,Section", "Student,ID,SIS Login ID,Section"]
)
def test_canvas_s_own_lines_are_no_students(columns, intake, owners):
    split = columns.startswith("Last")
    lines = [columns]
    lines += [",,,,Manual Posting" if split else ",,,Manual Posting"]
    lines += ["    Points Possible,,,," if split else "    Points Possible,,,"]
    lines += ["One,Ada,9001,s1,NN" if split else '"One, Ada",9001,a,NN']
    taken = intake({"oneada_9001_1_ex01.py": CODE}, roster="\n".join(lines) + "\n")
    assert [one.id for one in taken.students] == ["9001"]
    assert list(owners(taken).values()) == ["9001"]


@pytest.mark.parametrize("title", ["identifiant", "identifier", "идентификатор", "id"])
def test_ids_are_taken_as_they_stand(title, intake, owners):
    roster = block(f"""
        {title};name
        ada1;Ada
        bob1;Bob
        cy10;Cy
    """)
    taken = intake({f"{name}/ex01.py": CODE for name in ("Ada", "Bob", "Cy")}, roster=roster)
    assert [one.id for one in taken.students] == ["ada1", "bob1", "cy10"]
    assert sorted(owners(taken).values()) == ["ada1", "bob1", "cy10"]


@pytest.mark.parametrize("name", ["Ada One (ada)", "s1_Ada One", "One, Ada(ada)", "ada - Ada One"])
def test_a_folder_may_tell_its_student_twice(name, intake, owners):
    roster = LOGINS
    assert owners(intake({f"{name}/ex01.py": CODE}, roster=roster)) == {f"{name}/ex01.py": "s1"}


def test_a_folder_with_the_id_of_one_and_the_name_of_another_is_nobody_s(intake, owners):
    roster = LOGINS
    files = {"Bo Two (ada)/ex01.py": CODE, "Bo Two/ex01.py": CODE}
    assert owners(intake(files, roster=roster)) == {"Bo Two/ex01.py": "s2"}


def test_an_id_of_one_and_the_name_of_another_disagree(intake, reasons):
    metadata = block("""
        submission_1:
          :submitters:
          - :name: Bo Two
            :sid: s1
        submission_2:
          :submitters:
          - :name: Ada
            :sid: s1
    """)
    files = {"submission_metadata.yml": metadata}
    files |= dict.fromkeys(["submission_1/ex01.py", "submission_2/ex01.py"], CODE)
    taken = intake(
        files,
        roster=block("""
            id,name
            s1,Ada One
            s2,Bo Two
        """),
    )
    assert [(one.student, one.file) for one in taken.handed] == [("s1", "submission_2/ex01.py")]
    assert reasons(taken) == {"submission_1/ex01.py": "batch.signs_disagree"}


def test_a_source_of_nobody_on_the_roster_is_refused_before_anything_is_judged(intake):
    with pytest.raises(BatchError, match=r"batch.nobody"):
        intake({folder("Zed Nine_909"): CODE}, roster=SHEET)


def test_names_in_common():
    assert cleaned_name(" Mary_Ann  O'Neil ") == "mary ann oneil"
    assert ordered_name("Lovelace, Ada") == ordered_name("ADA lovelace")
    assert "oneada" in squeezed_names("Ada One")
    assert "fivedeada" in squeezed_names("Ada de Five") | squeezed_names("Five de, Ada")
    assert common_start({"ex11-ada", "ex11-anna"}, "-") == "ex11-"
    assert common_start({"ada", "bob"}, "-") == ""
    assert common_start(set(), "-") == ""
