"""Moodle's worksheet, filled in and read back as Moodle reads it."""

import csv
import io
from dataclasses import replace
from decimal import Decimal

import pytest

from grader.batch.errors import BatchError
from grader.batch.lms.exports.moodle import Moodle, write_moodle
from grader.batch.models import GradeRow, MatchedFile
from grader.batch.outputs import Rules
from grader.batch.outputs.rules import Worth
from grader.batch.outputs.template import agree
from grader.batch.prepare_export import prepare
from grader.course.languages import Translator

ADA = GradeRow("1001", "Ada Lovelace", "ex11", "graded", Decimal("7.50"), Decimal(10))
BOB = GradeRow("1002", "Боб", "ex11", "missing", Decimal(0), Decimal(10))
CY = GradeRow("1003", "Cy", "ex11", "ungraded", None, Decimal(10))
EVE = GradeRow("1004", "Eve", "ex11", "graded", Decimal(4), Decimal(10))
TEN = {"ex11": Worth(Decimal(10), Decimal(10))}

TITLES = {
    "en": "Identifier,Full name,Email address,Status,Grade,Maximum grade,Grade can be changed,"
    "Last modified (submission),Last modified (grade),Feedback comments",
    "fr": "Identifiant,Nom complet,Adresse de courriel,Statut,Note,Note maximale,"
    "La note peut être modifiée,Dernière modification (travail remis),"
    "Dernière modification (note),Feedback par commentaires",
    "ru": "Идентификатор,Полное имя,Адрес электронной почты,Состояние,Оценка,"
    "Максимальная оценка,Оценка может быть изменена,Последнее изменение (ответ),"
    "Последнее изменение (оценка),Отзыв в виде комментария",
}
KEPT = {
    "en": ["Identifier", "Grade", "Last modified (grade)"],
    "fr": ["Identifiant", "Note", "Dernière modification (note)"],
    "ru": ["Идентификатор", "Оценка", "Последнее изменение (оценка)"],
}
PARTICIPANT = {"en": "Participant ", "fr": "Participant", "ru": "Участник"}
WORDS = {
    "submitted": {
        "en": "Submitted for grading - ",
        "fr": "Remis pour évaluation - ",
        "ru": "Отправлено для оценивания - ",
    },
    "draft": {
        "en": "Draft (not submitted)",
        "fr": "Brouillon (non remis) - ",
        "ru": "Черновик (не отправлен на проверку) - ",
    },
    "reopened": {"en": "Reopened - Graded", "fr": "Rouvert - Noté", "ru": "Возобновлено - "},
    "extension": {
        "en": "No submission - Extension granted until: Friday, 4 December 2026, 11:00 PM",
        "fr": "Pas de travail remis - Prolongation accordée jusqu'au : vendredi 4 décembre",
        "ru": "Нет ответа на задание - Продлено до: пятница, 4 декабря 2026, 23:00",
    },
    "none": {"en": "No submission - ", "fr": "Pas de travail remis - ", "ru": "Ответ не дан"},
}
DATES = {
    "en": "Saturday, 28 November 2026, 8:19 PM",
    "fr": "samedi 28 novembre 2026, 20:19",
    "ru": "суббота, 28 ноября 2026, 20:19",
}
PEOPLE = {1003: "Cy", 1001: "Lovelace, Ada", 1002: "Боб", 1004: "Eve"}


def quoted(cells):
    text = io.StringIO()
    csv.writer(text).writerow(cells)
    return text.getvalue()


def worksheet(tmp_path, lang="en", grades=None, **cells):
    """Write a worksheet; ``cells``: what stands in columns, for all or by the student's number."""
    default = {
        "status": WORDS["submitted"][lang],
        "maximum": "10.00",
        "changeable": {"en": "Yes", "fr": "Oui", "ru": "Да"}[lang],
        "modified": "-",
        "comment": "",
    }

    def cell(name, number):
        value = cells.get(name, default[name])
        return value.get(number, default[name]) if isinstance(value, dict) else value

    text = TITLES[lang] + "\n"
    for number, name in PEOPLE.items():
        text += quoted(
            [
                f"{PARTICIPANT[lang]}{number}",
                *(name, f"{number}@x.org", cell("status", number)),
                *((grades or {}).get(number, ""), cell("maximum", number)),
                *(cell("changeable", number), "a, b", cell("modified", number)),
                cell("comment", number),
            ]
        )
    path = tmp_path / "worksheet.csv"
    path.write_text(text, encoding="utf-8-sig")
    return path


def read(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def filled(tmp_path, rows, rules=None, **cells):
    """Return the grades that were written, by number, and what was told."""
    out = tmp_path / "moodle.csv"
    written = write_moodle(rows, worksheet(tmp_path, **cells), out, rules)
    return {line[0].split()[-1]: line[1] for line in read(out)[1:]}, written


def reasons(written):
    return {kept.student: kept.reason for kept in written.kept}


def php(text):
    """Read CSV as PHP's fgetcsv does, whose escape is a backslash."""
    return [
        [cell.replace('\\"', '"') for cell in line]
        for line in csv.reader(io.StringIO(text, newline=""), escapechar="\\")
    ]


@pytest.mark.parametrize("lang", TITLES)
def test_only_what_moodle_reads_goes_back(lang, tmp_path):
    template = worksheet(tmp_path, lang, comment="well done")
    out = tmp_path / "moodle.csv"
    written = write_moodle([ADA, BOB, CY], template, out)
    header, *lines = read(out)
    assert header == KEPT[lang]
    assert [line[0] for line in lines] == [f"{PARTICIPANT[lang]}{number}" for number in PEOPLE]
    assert [line[1] for line in lines] == ["", "7.5", "", ""]
    assert (written.grades, written.changed, written.strangers) == (1, 1, [])
    assert written.left_open == ["Cy", "Боб"]


def test_a_name_or_text_that_php_cannot_read_does_not_go_along(tmp_path):
    template = worksheet(tmp_path)
    text = template.read_text(encoding="utf-8-sig")
    for odd in ("Back\\", 'print("\\"", 1)', '\\alpha\\"{o}', 'open("C:\\dir\\", "r")'):
        odd_sheet = text.replace("Eve", '"' + odd.replace('"', '""') + '"').replace(
            "1003@x.org", '"' + odd.replace('"', '""') + '"'
        )
        template.write_text(odd_sheet, encoding="utf-8-sig")
        write_moodle([ADA], template, tmp_path / "moodle.csv")
        read_back = php((tmp_path / "moodle.csv").read_text(encoding="utf-8"))
        assert [len(line) for line in read_back] == [3] * 5
        assert read_back[2][1] == "7.5"


@pytest.mark.parametrize("kept", [False, True])
def test_comments_go_along_only_when_asked_for(kept, tmp_path):
    template = worksheet(tmp_path, comment='ends in \\ and "\\"')
    out = tmp_path / "moodle.csv"
    write_moodle([ADA], template, out, Rules(comments=kept))
    lines = php(out.read_text(encoding="utf-8"))
    assert ("Feedback comments" in lines[0]) == kept
    if kept:
        assert {line[3] for line in lines[1:]} == {'ends in &#92; and "&#92;"'}


# What was not judged


@pytest.mark.parametrize(
    "status", ["missing", "unreadable", "ungraded", "needs_review", "something new"]
)
def test_what_was_not_judged_leaves_the_cell_as_it_was(status, tmp_path):
    row = replace(ADA, status=status, reached=Decimal(0))
    grades, written = filled(tmp_path, [row], grades={1001: "5.00"}, status="")
    assert grades["1001"] == "5.00"
    expected = status if " " not in status else "ungraded"
    assert reasons(written) == {"Lovelace, Ada": expected}


@pytest.mark.parametrize("status", ["missing", "unreadable"])
def test_a_zero_is_the_teacher_s_decision(status, tmp_path):
    row = replace(ADA, status=status, reached=Decimal(0))
    rules = Rules(zero=frozenset({status}))
    grades, written = filled(tmp_path, [row], rules, status="No submission - ")
    assert (grades["1001"], written.kept) == ("0", [])
    grades, written = filled(tmp_path, [row], rules, grades={1001: "5"}, status="")
    assert (grades["1001"], reasons(written)) == ("5", {"Lovelace, Ada": "lower"})
    lower = replace(rules, allow_lower=True)
    assert filled(tmp_path, [row], lower, grades={1001: "5"}, status="")[0]["1001"] == "0"


@pytest.mark.parametrize("lang", TITLES)
@pytest.mark.parametrize(
    ("status", "handed_in", "reason"),
    [
        ("draft", True, "draft"),
        ("reopened", False, "reopened"),
        ("reopened", True, "reopened"),
        ("extension", False, "extension"),
        ("submitted", False, "elsewhere"),
        ("none", False, "missing"),
    ],
)
def test_what_moodle_knows_of_a_student_counts(status, handed_in, reason, lang, tmp_path):
    row = ADA if handed_in else replace(ADA, status="missing", reached=Decimal(0))
    out = tmp_path / "moodle.csv"
    template = worksheet(tmp_path, lang, {1001: "3"}, status=WORDS[status][lang])
    written = write_moodle([row], template, out, Rules(allow_lower=True))
    assert (read(out)[2][1], reasons(written)) == ("3", {"Lovelace, Ada": reason})
    zero = frozenset({"missing"})
    write_moodle([row], template, out, Rules(zero=zero, allow_lower=True))
    assert read(out)[2][1] == ("0" if reason == "missing" else "3")


def test_a_teacher_s_own_mark_stands_above_what_moodle_knows(tmp_path):
    row = replace(ADA, status="marked", reached=Decimal(9))
    assert filled(tmp_path, [row], status="Draft (not submitted)")[0]["1001"] == "9"


def test_without_a_roster_all_of_the_worksheet_are_the_class(tmp_path):
    out, template = tmp_path / "moodle.csv", worksheet(tmp_path, status="No submission - ")
    written = Moodle(template, TEN, Rules(), listed=False).write([ADA], out)
    assert written.left_open == ["Cy", "Боб", "Eve"]
    zero = Rules(zero=frozenset({"missing"}))
    Moodle(template, TEN, zero, listed=False).write([ADA], out)
    assert [line[1] for line in read(out)[1:]] == ["0", "7.5", "0", "0"]
    Moodle(template, TEN, zero).write([ADA], out)
    assert [line[1] for line in read(out)[1:]] == ["", "7.5", "", ""]


def test_of_several_exercises_a_part_is_no_grade(tmp_path):
    rows = [
        ADA,
        replace(ADA, exercise="ex15", reached=Decimal("2.25")),
        EVE,
        replace(CY, status="graded", reached=Decimal(1)),
        replace(CY, exercise="ex15", status="missing", reached=Decimal(0)),
    ]
    grades, written = filled(tmp_path, rows, maximum="20", status="")
    assert grades == {"1003": "", "1001": "9.75", "1002": "", "1004": ""}
    assert reasons(written) == {"Cy": "missing", "Eve": "missing"}


# What stands there


def test_a_grade_never_falls_in_silence(tmp_path):
    grades, written = filled(tmp_path, [ADA, EVE], grades={1001: "8.00", 1004: "3,5"})
    assert (grades["1001"], grades["1004"]) == ("8.00", "4")
    (kept,) = written.kept
    assert (kept.student, kept.reason, kept.old, kept.new) == ("Lovelace, Ada", "lower", 8, 7.5)
    assert written.changed == 1
    grades, _ = filled(tmp_path, [ADA], Rules(allow_lower=True), grades={1001: "8.00"})
    assert grades["1001"] == "7.5"


def test_what_is_there_already_is_no_change(tmp_path):
    _, written = filled(tmp_path, [ADA, EVE], grades={1001: "7.50", 1004: ""})
    assert (written.grades, written.changed) == (2, 1)


def test_a_grade_that_moodle_shows_rounded_is_not_higher(tmp_path):
    row = replace(ADA, reached=Decimal("6.66"), maximum=Decimal("9.99"))
    grades, written = filled(tmp_path, [row], Rules(scale=True), grades={1001: "6.67"})
    assert (grades["1001"], written.kept) == ("6.66667", [])


@pytest.mark.parametrize(
    "word",
    ["abs", "n/a", "NaN", "7.5/10", "1 5", "0x10", "1e1", "-3", "٧", "７", "17 pts", "7,5,", "."],
)
def test_no_word_in_a_cell_becomes_a_zero_in_moodle(word, tmp_path):
    grades, written = filled(tmp_path, [ADA, EVE], grades={1001: word, 1002: word})
    assert (grades["1001"], grades["1002"], grades["1004"]) == ("", "", "4")
    assert reasons(written) == {"Lovelace, Ada": "text", "Боб": "text"}


@pytest.mark.parametrize(
    ("cell", "after"), [("-", ""), ("–", ""), ("", ""), ("7,5", "7.5"), ("15.00", "15.00")]
)
def test_a_cell_that_stays_is_read_alike_in_every_language(cell, after, tmp_path):
    grades, written = filled(tmp_path, [EVE], grades={1002: cell})
    assert (grades["1002"], written.kept) == (after, [])


@pytest.mark.parametrize("lang", TITLES)
def test_a_grade_that_cannot_be_changed_is_listed(lang, tmp_path):
    no = {"en": "No", "fr": "Non", "ru": "Нет"}[lang]
    out = tmp_path / "moodle.csv"
    template = worksheet(tmp_path, lang, {1001: "2"}, changeable={1001: no})
    written = write_moodle([ADA, EVE], template, out)
    assert [line[1] for line in read(out)[1:]] == ["", "2", "", "4"]
    assert reasons(written) == {"Lovelace, Ada": "locked"}


# Dates


@pytest.mark.parametrize("lang", TITLES)
def test_a_date_in_words_is_written_as_php_reads_it(lang, tmp_path):
    out = tmp_path / "moodle.csv"
    written = write_moodle([ADA], worksheet(tmp_path, lang, modified=DATES[lang]), out)
    assert {line[2] for line in read(out)[1:]} == {"2026-11-28 20:19"}
    assert written.undated == []


@pytest.mark.parametrize(
    ("cell", "date"),
    [
        ("Sunday, 1 March 2026, 12:05 AM", "2026-03-01 00:05"),
        ("Sunday, 1 March 2026, 12:05\u202fPM", "2026-03-01 12:05"),
        ("dimanche 1 août 2027, 07:00", "2027-08-01 07:00"),
        ("1 DÉCEMBRE 2026, 9:05", "2026-12-01 09:05"),
        ("воскресенье, 1 мая 2026, 07:00", "2026-05-01 07:00"),
        ("2026-11-28 20:19:33", "2026-11-28 20:19"),
        ("-", "-"),
        ("", ""),
    ],
)
def test_dates_of_all_kinds(cell, date, tmp_path):
    out = tmp_path / "moodle.csv"
    write_moodle([ADA], worksheet(tmp_path, modified=cell), out)
    assert read(out)[2][2] == date


@pytest.mark.parametrize("cell", ["31 February 2026, 10:00", "28.11.2026 20:19", "Samstag", "8:19"])
def test_a_date_that_cannot_be_told_is_told_of(cell, tmp_path):
    out = tmp_path / "moodle.csv"
    written = write_moodle([ADA], worksheet(tmp_path, modified=cell), out)
    assert (read(out)[2][2], written.undated) == (cell, ["Lovelace, Ada"])


@pytest.mark.parametrize(
    ("lang", "status", "late"),
    [
        ("en", "Submitted for grading - 2 days 3 hours late", True),
        ("en", "Submitted for grading - Graded", False),
        ("fr", "Remis pour évaluation - En retard de 2 jours", True),
        ("ru", "Отправлено для оценивания - Срок выполнения закончился 2 дн. назад", True),
        ("en", "x", None),
        ("en", "No submission - ", None),
    ],
)
def test_moodle_tells_who_was_late(lang, status, late, tmp_path):
    template = worksheet(tmp_path, lang, status={1001: status})
    prepared = prepare("moodle", template, {}, Rules(), TEN, [handed()], listed=True)
    assert [row.late for row in prepared.dated([ADA, BOB])] == [late, None]


# The maximum


@pytest.mark.parametrize("maximum", ["100.00", "9.99", "7,00", "0", "", "-", "\x1b[2J7"])
def test_another_maximum_is_refused(maximum, tmp_path):
    out = tmp_path / "moodle.csv"
    with pytest.raises(BatchError, match=r"batch.maximum") as told:
        write_moodle([ADA], worksheet(tmp_path, maximum=maximum), out)
    assert not out.exists()
    assert "\x1b" not in told.value.sentence(Translator("en"))
    assert "--scale" in told.value.sentence(Translator("en"))


@pytest.mark.parametrize(
    ("maximum", "reached", "written"),
    [
        ("100.00", "7.5", "75"),
        ("20", "10", "20"),
        ("5,00", "7.5", "3.75"),
        ("7", "3.33", "2.331"),
        ("1", "3.33", "0.333"),
        ("10", "7.5", "7.5"),
    ],
)
def test_grades_are_converted_exactly_when_asked_for(maximum, reached, written, tmp_path):
    row = replace(ADA, reached=Decimal(reached))
    grades, _ = filled(tmp_path, [row], Rules(scale=True), maximum=maximum)
    assert grades["1001"] == written


def test_moodle_s_five_decimals(tmp_path):
    row = replace(ADA, reached=Decimal(20), maximum=Decimal(30))
    grades, _ = filled(tmp_path, [row], Rules(scale=True))
    assert grades["1001"] == "6.66667"


def test_what_nobody_can_reach_here_is_not_lost(tmp_path):
    part = replace(ADA, status="incomplete", reached=Decimal(8), reachable=Decimal(8))
    with pytest.raises(BatchError, match=r"batch.maximum_here"):
        filled(tmp_path, [part], maximum="100")
    held, written = filled(tmp_path, [part])
    assert (held["1001"], reasons(written)) == ("", {"Lovelace, Ada": "unreachable"})
    assert filled(tmp_path, [part], maximum="8")[0]["1001"] == "8"
    rules = Rules(unreachable="scaled")
    assert filled(tmp_path, [part], rules)[0]["1001"] == "10"
    rules = Rules(unreachable="raw")
    assert filled(tmp_path, [part], rules)[0]["1001"] == "8"


def test_a_mark_over_the_maximum_is_listed_since_moodle_passes_over_it(tmp_path):
    row = replace(ADA, status="marked", reached=Decimal(11))
    grades, written = filled(tmp_path, [row, EVE])
    assert (grades["1001"], grades["1004"]) == ("", "4")
    assert reasons(written) == {"Lovelace, Ada": "over"}


# Who is who


def handed(student="1001", name="Ada Lovelace"):
    return MatchedFile(student, name, "ex11", "ex11.py", bytes)


def test_students_by_another_id_or_name_are_found_and_strangers_told(tmp_path):
    rows = [
        replace(ADA, student="s1", name="Ada LOVELACE"),
        replace(ADA, student="1002@x.org", name="Bob"),
        replace(ADA, student="s7", name="EVE"),
        replace(ADA, student="s8", name="Nobody"),
    ]
    grades, written = filled(tmp_path, rows)
    assert list(grades.values()) == ["", "7.5", "7.5", "7.5"]
    assert written.strangers == ["Nobody"]


@pytest.mark.parametrize("listed", [False, True])
@pytest.mark.parametrize(
    ("student", "name"),
    [("1002", "Team A"), ("1002", "Ada"), ("1002", "1002"), ("1002", "")],
)
def test_a_number_without_its_name_is_nobody_s(student, name, listed, tmp_path):
    out = tmp_path / "moodle.csv"
    row = replace(ADA, student=student, name=name)
    written = Moodle(worksheet(tmp_path), TEN, Rules(), listed=listed).write([row], out)
    assert [line[1] for line in read(out)[1:]] == ["", "", "", ""]
    assert written.strangers == [name or student]


@pytest.mark.parametrize("lang", TITLES)
def test_where_marking_is_blind_the_number_goes_with_moodle_s_word(lang, tmp_path):
    word = PARTICIPANT[lang].strip()
    path, out = worksheet(tmp_path, lang), tmp_path / "moodle.csv"
    lines = read(path)
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([line[:1] + line[3:] for line in lines])
    rows = [replace(ADA, name=word), replace(EVE, name="Team A")]
    for known in (rows, [replace(ADA, name=""), rows[1]]):
        written = Moodle(path, TEN, Rules(), listed=False).write(known, out)
        assert [line[1] for line in read(out)[1:]] == ["", "7.5", "", ""]
        assert written.strangers == ["Team A"]


def test_a_roster_of_ids_alone_counts_by_an_id_that_is_no_participant_s(tmp_path):
    path, out = worksheet(tmp_path), tmp_path / "moodle.csv"
    text = path.read_text(encoding="utf-8-sig").replace("Email address", "ID number")
    path.write_text(text.replace("1004@x.org", "2026"), encoding="utf-8")
    rows = [replace(EVE, student="2026", name="2026"), replace(ADA, student="1001", name="")]
    written = Moodle(path, TEN, Rules()).write(rows, out)
    assert [line[1] for line in read(out)[1:]] == ["", "", "", "4"]
    assert written.strangers == ["1001"]


@pytest.mark.parametrize(
    ("zip_name", "name"),
    [
        ("Mary Ann ONeil", "Mary_Ann O'Neil"),
        ("José Pepe Núñez", 'José "Pepe" Núñez'),
        ("Ben  Co", "Ben & Co"),
        ("AnnAnna Back", "Ann/Anna Back\\"),
        ("Équipe Ω", "Équipe_Ω"),
        ("Ze\u0301 Lima", "Z\u00e9 Lima"),
        ("Иванов Иван", "Иван ИВАНОВ"),
    ],
)
def test_what_moodle_takes_out_of_a_name_makes_nobody_a_stranger(zip_name, name):
    assert agree(name, zip_name)
    assert not agree(name, "Ada One")
    assert not agree(name, "")


def test_the_number_of_another_assignment_is_nobody_s_though_the_name_is_right(tmp_path):
    out = tmp_path / "moodle.csv"
    row = replace(ADA, student="33", name="Eve")
    assert Moodle(worksheet(tmp_path), TEN, Rules(), listed=False).write([row], out).grades == 0
    assert Moodle(worksheet(tmp_path), TEN, Rules(), listed=True).write([row], out).grades == 1


@pytest.mark.parametrize(
    "name", ["Ada Lovelace", "LOVELACE Ada", "Ada Lovelace-King", "Ada M. Lovelace", "Ada_Lovelace"]
)
def test_a_name_may_be_written_in_other_ways(name, tmp_path):
    grades, _ = filled(tmp_path, [replace(ADA, name=name)])
    assert grades["1001"] == "7.5"


def test_two_students_of_one_line_are_listed_and_the_others_graded(tmp_path):
    rows = [replace(ADA, student="a", name="Eve"), replace(ADA, student="b", name="Eve"), ADA]
    grades, written = filled(tmp_path, rows)
    assert (grades["1001"], grades["1004"]) == ("7.5", "")
    assert [kept.reason for kept in written.kept] == ["ambiguous", "ambiguous"]


def test_the_download_of_another_class_is_refused_before_anything_is_judged(tmp_path):
    with pytest.raises(BatchError, match=r"batch.template_nobody"):
        prepare(
            *("moodle", worksheet(tmp_path), {}, Rules(), TEN, [handed("909", "Zed Nine")]),
            listed=False,
        )


@pytest.mark.parametrize(
    ("old", "new", "id_"),
    [
        ("Grade,", "Mark,", "batch.template_columns"),
        ("Identifier", "Who", "batch.template_columns"),
        ("Last modified (grade)", "When", "batch.template_columns"),
        ("Maximum grade", "Scale", "batch.template_scale"),
    ],
)
def test_a_table_that_moodle_would_not_take_is_refused(old, new, id_, tmp_path):
    path = worksheet(tmp_path)
    path.write_text(path.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    with pytest.raises(BatchError, match=id_):
        prepare("moodle", path, {}, Rules(), TEN, [handed()], listed=True)
