"""The words by which others name things: the same things in every language, wherever it stands."""

import re

import pytest
from support.languages import LANGUAGES, TRANSLATED

from grader.course import language_words
from grader.course.errors import CourseError
from grader.course.language_words import pattern, words, words_of


@pytest.mark.parametrize("lang", TRANSLATED)
def test_each_language_has_words_for_the_same_things(lang):
    english, own = words_of("en"), words_of(lang)
    assert {group: list(names) for group, names in own.items()} == {
        group: list(names) for group, names in english.items()
    }
    found = [word for names in own.values() for several in names.values() for word in several]
    assert [word for word in found if not word or word != word.strip()] == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_word_stands_twice_for_one_thing(lang):
    for names in words_of(lang).values():
        for found in names.values():
            assert len({word.casefold() for word in found}) == len(found)


@pytest.fixture
def two_languages(monkeypatch, tmp_path):
    """A program that speaks English and German."""
    monkeypatch.setattr(language_words, "LANGUAGES", ("en", "de"))
    monkeypatch.setattr(language_words, "folder_of", lambda lang: tmp_path / lang)
    for lang, text in {"en": "a:\n  b: [old, a.b]\n", "de": "a:\n  b: [alt*]\n"}.items():
        (tmp_path / lang).mkdir()
        (tmp_path / lang / "words.yaml").write_text(text, encoding="utf-8")
    words.cache_clear()
    words_of.cache_clear()
    yield tmp_path
    words.cache_clear()
    words_of.cache_clear()


@pytest.mark.usefixtures("two_languages")
def test_the_words_of_all_languages_count_english_first():
    assert words("a", "b") == ("old", "a.b", "alt*")
    assert words("a", "c") == ()
    found = re.compile(pattern("a", "b", "c"))
    assert all(map(found.fullmatch, ["old", "a.b", "alt", "alte"]))
    assert not any(map(found.fullmatch, ["older", "axb", "al"]))


def test_a_language_may_have_no_words(two_languages):
    (two_languages / "de" / "words.yaml").unlink()
    assert words("a", "b") == ("old", "a.b")


@pytest.mark.parametrize("text", ["a: [b]\n", "a:\n  b: c\n", "a:\n  b: [1]\n", "a: [\n"])
def test_a_broken_file_is_told_by_its_name(two_languages, text):
    (two_languages / "de" / "words.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(CourseError, match=r"words\.yaml"):
        words("a", "b")
