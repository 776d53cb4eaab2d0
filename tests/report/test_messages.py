import ast
import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from support.languages import LANGUAGES, TRANSLATED

import grader
from grader.course.locate import builtin_root
from grader.course.markup import placeholders
from grader.report.messages import CATALOGUE, sentence
from grader.report.po_files import messages

# Words and labels of a view, and sentences that follow another one and need no advice.
LABELS = (
    "status.",
    "view.",
    "headline.",
    "output.",
    "hidden.",
    "next.",
    "place.",
    "stop.",
    "where.code",
    "kind.",
    "axis.",
)
ADDITIONS = {"where.cell", "where.file", "compare.entry"}
QUOTATIONS = ("where.python",)


def texts(template):
    return [text for text in (template.one, template.other) if text is not None]


@pytest.fixture(scope="module", params=TRANSLATED)
def translation(request):
    path = builtin_root() / "i18n" / request.param / "LC_MESSAGES" / "grader.po"
    with path.open("rb") as file:
        return read_po(file, locale=request.param)


def forms_of(translation, id_):
    template = CATALOGUE[id_]
    message = translation.get(template.other if template.one is None else template.one, id_)
    assert message is not None, f"{id_} is not translated"
    return [message.string] if isinstance(message.string, str) else list(message.string)


@pytest.mark.parametrize("id_", CATALOGUE)
def test_every_message_is_translated_with_the_same_placeholders(translation, id_):
    template = CATALOGUE[id_]
    forms = forms_of(translation, id_)
    assert len(forms) == (1 if template.one is None else translation.num_plurals)
    for form in forms:
        assert form.strip(), id_
        assert placeholders(form) == placeholders(template.other)
        assert code_of(form) == code_of(template.other)


def code_of(text):
    return sorted(re.findall(r"`[^`]+`", text))


def test_no_translation_is_left_over(translation):
    ids = {message.context for message in translation if message.id and message.context}
    assert ids == set(CATALOGUE)


def test_nothing_is_marked_as_unsure(translation):
    assert not [message.id for message in translation if message.id and message.fuzzy]


@pytest.mark.parametrize("id_", CATALOGUE)
def test_a_message_reads_as_sentences(id_):
    for text in texts(CATALOGUE[id_]):
        assert "  " not in text or id_ == "where.code"
        assert placeholders(text) == placeholders(CATALOGUE[id_].other)
        if not id_.startswith(LABELS + QUOTATIONS):
            assert text.endswith((".", "?")), "a sentence ends"
        if not id_.startswith(LABELS + QUOTATIONS) and id_ not in ADDITIONS:
            sentences = re.split(r"(?<=[.?!:;])\s", text)
            assert len(sentences) > 1, "what is wrong is followed by what to try"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_exception_without_message_leaves_no_colon(lang):
    args = {"function": "softmax", "type": "ValueError", "line": 3, "detail": ""}
    text = sentence("call.raised", args, lang)
    assert "ValueError." in text
    with_detail = sentence("call.raised", args | {"detail": "bad shape."}, lang)
    assert "ValueError: `bad shape`." in with_detail


def test_a_detail_stands_behind_a_colon_that_can_be_left_out(translation):
    for id_, template in CATALOGUE.items():
        if "detail" in placeholders(template.other):
            for form in [template.other, *forms_of(translation, id_)]:
                assert re.search(r"\S\s?: \{\{detail\}\}[.,]", form)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("id_", CATALOGUE)
def test_every_message_can_be_filled(id_, lang):
    args = dict.fromkeys(placeholders(CATALOGUE[id_].other), 2)
    text = sentence(id_, {"line": 1, **args}, lang)
    assert text
    assert "{{" not in text


def test_without_a_place_no_place_is_named():
    assert "line" not in sentence("load.exit", {}, "en").split(".")[0]
    assert "[]" not in sentence("compare.nan", {"count": 1, "where": "[]"}, "en")


@pytest.mark.parametrize(
    ("count", "expected"), [(1, "1 значение"), (3, "3 значения"), (5, "5 значений"), (21, "21 зна")]
)
def test_plural_forms(count, expected):
    assert expected in sentence("compare.nan", {"count": count, "where": "[0]"}, "ru")


def test_values_keep_python_notation_and_amounts_read_naturally():
    text = sentence(
        "compare.value", {"got": 1.0, "expected": 0.1 + 0.2, "error": 0.7, "allowed": 1e-7}, "fr"
    )
    assert "1.0" in text
    assert "0.3" in text
    assert "1e-07" in text
    assert "0.30000" not in text
    assert "2 s " in sentence("call.timeout", {"function": "f", "seconds": 2.0}, "en")


def test_arguments_are_not_filled_again():
    args = {"function": "f", "type": "{{detail}}", "detail": "{{function}}", "line": 1}
    assert "{{detail}}: `{{function}}`" in sentence("call.raised", args, "en")


def test_an_unknown_id_has_no_sentence():
    assert sentence("no.such_message", {}, "en") is None


def test_every_id_that_the_judge_names_is_in_the_catalogue():
    first_words = {id_.split(".")[0] for id_ in CATALOGUE}
    named = re.compile(rf"({'|'.join(sorted(first_words))})\.[a-z_0-9]+")
    used = {
        node.value
        for file in Path(grader.__file__).parent.joinpath("judge").rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and named.fullmatch(node.value)
    }
    assert used - set(CATALOGUE) == set()


def sentences_of_commands():
    return {english for english, context in messages() if context is None}


def test_every_sentence_of_the_commands_is_translated(translation):
    missing = []
    for id_ in sentences_of_commands():
        message = translation.get(id_)
        forms = [] if message is None else message.string
        forms = [forms] if isinstance(forms, str) else list(forms)
        english = [id_] if isinstance(id_, str) else list(id_)
        if not forms or not all(forms):
            missing.append(id_)
            continue
        for form in forms:
            assert placeholders(form) == placeholders(english[-1]), id_
    assert missing == []


def test_no_translation_of_a_sentence_of_the_commands_is_left_over(translation):
    known = {message.id for message in translation if message.id and not message.context}
    assert known - sentences_of_commands() == set()


@pytest.mark.parametrize(
    ("lang", "amount"), [("en", "12.5 of 20"), ("fr", "12,5 points sur 20"), ("ru", "12,5 из 20")]
)
def test_amounts_follow_the_language_and_values_do_not(lang, amount):
    assert amount in sentence("headline.some", {"reached": 12.5, "maximum": 20.0}, lang)
    told = sentence(
        "compare.value", {"got": 12.5, "expected": 0.25, "error": 1.0, "allowed": 1e-7}, lang
    )
    assert "12.5" in told
    assert "0.25" in told


@pytest.mark.parametrize(
    ("lang", "one", "several"),
    [("en", "1 of 1 point.", "2 of 2 points."), ("fr", "1 point sur 1.", "2 points sur 2.")],
)
def test_one_point_is_one_point(lang, one, several):
    assert one in sentence("headline.all", {"maximum": 1.0}, lang)
    assert several in sentence("headline.all", {"maximum": 2.0}, lang)


@pytest.mark.parametrize(("lang", "told"), [("fr", "ndarray de dtype"), ("ru", "ndarray с dtype")])
def test_what_kind_of_a_type_is_meant_is_told_in_every_language(lang, told):
    args = {"function": "f", "type": "ndarray of dtype object"}
    assert f"{told} object" in sentence("call.foreign", args, lang)
