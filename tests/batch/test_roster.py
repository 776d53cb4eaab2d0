"""Rosters as teachers save them: in several languages, encodings and by several systems."""

import pytest
from support.text_blocks import block

from grader.batch.errors import PROBLEMS, REASONS, BatchError
from grader.batch.roster import read_roster
from grader.batch.tables import decoded
from grader.course.languages import LANGUAGES, Translator


def read(tmp_path, content, encoding="utf-8"):
    path = tmp_path / "roster.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
    return [(one.id, one.name) for one in read_roster(path).students]


@pytest.mark.parametrize(
    ("header", "row", "expected"),
    [
        ("id,name", "7,Ada", ("7", "Ada")),
        ("Name;Student ID", "Ada;7", ("7", "Ada")),
        ("Matricule\tNom\tPrénom", "7\tLovelace\tAda", ("7", "Ada Lovelace")),
        ("Номер студента;Фамилия;Имя", "7;Иванов;Иван", ("7", "Иван Иванов")),
        ("ФИО,Логин", "Иванов Иван,ivan", ("ivan", "Иванов Иван")),
        ("First name,Last name,Email address", "Ada,L,a@b.c", ("a@b.c", "Ada L")),
        ("Идентификатор,Полное имя", "Участник 12,Иван", ("12", "Иван")),
        ("Identifiant,Nom complet", "Participant 12,Zoë", ("12", "Zoë")),
        ("numéro d’identification,nom complet", "007,Zoë", ("007", "Zoë")),
        ("id", "007", ("007", "")),
        ("id,name", '7,"Lovelace, Ada"', ("7", "Lovelace, Ada")),
    ],
)
def test_columns_of_many_kinds(header, row, expected, tmp_path):
    assert read(tmp_path, f"{header}\r\n\r\n{row}\r\n") == [expected]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_french_in_many_encodings(encoding, tmp_path):
    text = block("""
        id,name
        1,Zoé Lefèvre
        2,François d’Œuvre
        3,Élodie
    """)
    assert read(tmp_path, text, encoding)[0] == ("1", "Zoé Lefèvre")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1251"])
def test_russian_in_many_encodings(encoding, tmp_path):
    text = block("""
        id;ФИО
        1;Иванов Иван
        2;СЁМИНА Анна-Мария
    """)
    assert read(tmp_path, text, encoding)[1] == ("2", "СЁМИНА Анна-Мария")


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("id,name\n1,Иванов Иван\n", "koi8-r"),
        ("id,name\n1,Иванов Иван\n", "cp866"),
        ("id,name\n1,Иванов Иван\n", "utf-16-le"),
        ("id,name\n1,Łukasz Żak\n", "cp1250"),
        ("id,name\n1,Élodie Châtelet\n", "mac-roman"),
        ("id,name\n1,Иванов и Zoя\n", "cp1251"),
    ],
)
def test_what_cannot_be_told_for_sure_is_refused(text, encoding, tmp_path):
    with pytest.raises(BatchError, match=r"batch.table_encoding"):
        read(tmp_path, text, encoding)


def test_an_empty_table_is_text():
    assert decoded(b"", "x") == ""
    assert decoded(b"\xef\xbb\xbf", "x") == ""


@pytest.mark.parametrize(
    ("text", "id_"),
    [
        (
            block("""
                id,name
                1,Ada
                2,Bob
                1,Eve
            """),
            "batch.roster_duplicate",
        ),
        (
            block("""
                id,name
                1,Ada
                 1 ,Eve
            """),
            "batch.roster_duplicate",
        ),
        ("id,name\n,Ada\n", "batch.roster_no_id"),
        ("surname,town\nAda,London\n", "batch.roster_columns"),
        ("", "batch.roster_columns"),
        ("id,name\n", "batch.roster_empty"),
        ('id,name\n1,"Ada\n', "batch.table_broken"),
    ],
)
def test_a_roster_that_cannot_be_used_is_told(text, id_, tmp_path):
    with pytest.raises(BatchError, match=id_):
        read(tmp_path, text)


def test_a_duplicate_is_told_with_both_lines(tmp_path):
    with pytest.raises(BatchError) as told:
        read(
            tmp_path,
            block("""
                id,name
                1,Ada
                2,Bob
                1,Eve
            """),
        )
    assert "lines 2 and 4" in told.value.sentence(Translator("en"))


def test_a_missing_roster_is_told(tmp_path):
    with pytest.raises(BatchError, match=r"batch.table_missing"):
        read_roster(tmp_path / "none.csv")


@pytest.mark.parametrize(
    "data",
    [
        b"id,name\n1,a\n" + b"\n" * (2 << 20),
        b"id" + b"," * (1 << 20) + b"\n1\n",
        b"id" + b"," * 900 + b"\n" + b"1\n" * 20_000,
        b"\n" * (33 << 20),
    ],
    ids=["lines", "columns", "cells", "bytes"],
)
def test_a_table_that_no_class_has_is_refused_at_once(data, tmp_path, soon):
    with soon(), pytest.raises(BatchError, match=r"batch.table_large"):
        read(tmp_path, data)


def test_a_cell_of_digits_takes_no_longer_than_others(tmp_path, soon):
    cell = "1" * 130_000 + "x"
    with soon():
        assert read(tmp_path, f"identifier\n{cell}\n") == [(cell, "")]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_sentence_is_there_in_every_language(lang):
    t = Translator(lang)
    for text in (*PROBLEMS.values(), *REASONS.values()):
        assert (t(text) == text) == (lang == "en")
