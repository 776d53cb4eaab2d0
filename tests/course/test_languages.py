"""Choosing a language, and filling texts."""

from decimal import Decimal

import pytest
from babel import Locale
from support.languages import TRANSLATED

from grader.course.languages import (
    CATALOGUE,
    LANGUAGES,
    SOURCE,
    Translator,
    amount,
    choose_language,
    folder_of,
    format_value,
    interpolate,
    language_of_locale,
    plural_names,
)
from grader.course.locate import builtin_root


@pytest.fixture(autouse=True)
def nowhere(monkeypatch, tmp_path):
    for variable in ("GRADER_LANG", "LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setattr("locale.getlocale", lambda: (None, None))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_english_where_nothing_is_said():
    assert choose_language() == "en"


@pytest.mark.parametrize(
    ("name", "lang"),
    [("fr_CA.UTF-8", "fr"), ("ru_RU", "ru"), ("C", "en"), ("de_DE.UTF-8", "en"), ("fr@euro", "fr")],
)
def test_the_locale_decides(monkeypatch, name, lang):
    monkeypatch.setenv("LANG", name)
    assert choose_language() == lang


@pytest.mark.parametrize(
    ("wished", "locale", "lang"),
    [
        ("fr", "en_US.UTF-8", "fr"),
        ("de:ru:fr", "en_US.UTF-8", "ru"),
        ("de", "fr_FR.UTF-8", "fr"),
        ("fr", "C.UTF-8", "en"),
        ("fr", "", "en"),
    ],
)
def test_language_beats_the_locale_where_there_is_one_as_in_gettext(
    monkeypatch, wished, locale, lang
):
    monkeypatch.setenv("LANGUAGE", wished)
    monkeypatch.setenv("LANG", locale)
    assert choose_language() == lang


@pytest.mark.parametrize(
    ("value", "lang", "text"),
    [
        (12.5, "en", "12.5"),
        (12.5, "fr", "12,5"),
        (12.5, "ru", "12,5"),
        (2.0, "fr", "2"),
        (Decimal("20.00"), "ru", "20"),
        (Decimal("1234567.125"), "fr", "1234567,125"),
        (1234567, "ru", "1234567"),
        (1e-7, "fr", "0,0000001"),
    ],
)
def test_amounts_are_written_as_each_language_writes_them(value, lang, text):
    assert amount(value, lang) == text


@pytest.mark.parametrize("lang", LANGUAGES)
def test_windows_names_its_locale_in_words(monkeypatch, lang):
    name = Locale("en").languages[lang]
    monkeypatch.setattr("locale.getlocale", lambda: (f"{name}_{name}", "1251"))
    assert choose_language() == lang
    assert language_of_locale("Volapük_Nowhere") is None


@pytest.mark.parametrize(
    ("name", "lang"),
    [("pt_BR.UTF-8", "pt_BR"), ("pt-BR", "pt_BR"), ("pt_PT", None), ("de_AT@euro", "de")],
)
def test_a_language_of_one_country_is_that_country_s(monkeypatch, name, lang):
    monkeypatch.setattr("grader.course.languages.LANGUAGES", ("en", "de", "pt_BR"))
    assert language_of_locale(name) == lang


def test_the_languages_are_the_folders_with_a_catalogue():
    folders = {path.name for path in (builtin_root() / "i18n").iterdir()}
    assert set(LANGUAGES) == folders
    assert LANGUAGES[0] == SOURCE
    assert {lang for lang in folders if (folder_of(lang) / CATALOGUE).is_file()} == set(TRANSLATED)


def test_each_source_beats_the_next(monkeypatch, nowhere):
    monkeypatch.setenv("LC_ALL", "ru_RU.UTF-8")
    monkeypatch.setenv("LANG", "en_US.UTF-8")
    assert choose_language() == "ru"
    (nowhere / ".grader.yaml").write_text("# mine\nlang: fr\n", encoding="utf-8")
    (nowhere / "deep").mkdir()
    monkeypatch.chdir(nowhere / "deep")
    assert choose_language() == "fr"
    monkeypatch.setenv("GRADER_LANG", "en")
    assert choose_language() == "en"
    assert choose_language("ru") == "ru"


def test_an_unknown_language_is_passed_over(monkeypatch):
    monkeypatch.setenv("GRADER_LANG", "tlh")
    monkeypatch.setenv("LANG", "fr_FR.UTF-8")
    assert choose_language() == "fr"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.25, "0.25"),
        (1e-7, "1e-07"),
        (1.0, "1.0"),
        (1 / 3, "0.333333"),
        (float("nan"), "nan"),
        (float("-inf"), "-inf"),
        (3, "3"),
        (True, "True"),
        (None, "None"),
        ("softmax", "softmax"),
        (Decimal("0.50"), "0.50"),
    ],
)
def test_values_are_written_as_python_writes_them(value, text):
    assert format_value(value) == text


def test_latex_braces_are_left_alone():
    text = "got {{got}}: $e^{{x}}$, $\\frac{a}{b}$, {{ n }} {{missing}}"
    filled = "got 0.5: $e^{{x}}$, $\\frac{a}{b}$, 2 {{missing}}"
    assert interpolate(text, {"got": 0.5, "n": 2}, "fr") == filled


@pytest.mark.parametrize(
    ("n", "text"),
    [
        (1, "1 балл"),
        (2, "2 балла"),
        (5, "5 баллов"),
        (11, "11 баллов"),
        (21, "21 балл"),
        (1.5, "1.5 балла"),
        (Decimal("0.5"), "0,5 балла"),
    ],
)
def test_russian_counts_in_its_own_way(n, text):
    forms = {"one": "{{n}} балл", "few": "{{n}} балла", "many": "{{n}} баллов"}
    assert interpolate(forms, {"n": n}, "ru") == text


def test_a_missing_form_falls_back():
    assert interpolate({"other": "{{n}} points"}, {"n": 1}, "en") == "1 points"
    assert interpolate({"one": "{{n}} point", "other": "points"}, {}, "en") == "points"


@pytest.mark.parametrize(("n", "text"), [(0, "0 points"), (1, "1 point"), (2, "2 points")])
def test_english_needs_no_catalogue(n, text):
    assert Translator("en").plural("{{n}} point", "{{n}} points", n) == text


@pytest.mark.parametrize(
    ("lang", "n", "text"),
    [
        ("fr", 0, "0 point"),
        ("en", 1.5, "1.5 points"),
        ("fr", 1.5, "1,5 point"),
        ("fr", 2, "2 points"),
        ("ru", 1, "1 балл"),
        ("ru", 1.5, "1,5 балла"),
        ("ru", 12, "12 баллов"),
    ],
)
def test_catalogues_have_plural_forms(lang, n, text):
    assert Translator(lang).plural("{{n}} point", "{{n}} points", n) == text


@pytest.mark.parametrize(
    ("lang", "names"),
    [
        ("en", {"one", "other"}),
        ("fr", {"one", "other"}),
        ("ru", {"one", "few", "many"}),
        ("ar", {"zero", "one", "two", "few", "many", "other"}),
        ("ja", {"other"}),
        ("no such language", {"one", "other"}),
    ],
)
def test_the_plural_forms_of_a_language_are_those_of_its_whole_numbers(lang, names):
    assert plural_names(lang).keys() == names


def test_an_unknown_message_stays_english():
    assert Translator("fr")("No catalogue has {{this}}.", this=1) == "No catalogue has 1."
    assert Translator("fr")("") == ""
