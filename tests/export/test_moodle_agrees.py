"""What Moodle makes of an exported question is what the judge says of the same answer."""

import random
import re
from fractions import Fraction
from itertools import combinations, permutations

import pytest
from support import moodle_engine as moodle
from support.export_courses import course_of, every, moodle_questions, questions_of

from grader.course.languages import LANGUAGES
from grader.export.html import as_html, as_line, line_as_html
from grader.export.number_patterns import as_decimal
from grader.export.ordering_texts import typed
from grader.questions.forms import all_forms
from grader.questions.numbers import to_fraction
from grader.questions.registry import kind_of


def question_of(content, **options):
    name = next(
        n for n in ("course", "tiny", "typed") if content.exercise.loaded.course is course_of(n)
    )
    lang = content.exercise.lang
    return moodle_questions(name, lang, **options)[f"{content.exercise.id}.{content.question.id}"]


def agrees(content, answer, share):
    return float(content.score(answer).fraction) == pytest.approx(share, abs=1e-3)


@every("single", "multiple", everyday=("en",))
def test_choices_earn_what_the_judge_gives(content):
    question = question_of(content)
    texts = {id_: line_as_html(text) for id_, text in content.shown.choices}
    most = len(texts) if content.question.kind == "multiple" else 1
    mistakes = kind_of(content.question.kind)
    for size in {min(most, size) for size in (1, 2, 3, len(texts))}:
        for chosen in combinations(texts, size):
            share, told = moodle.choose(question, [texts[id_] for id_ in chosen])
            answer = list(chosen) if content.question.kind == "multiple" else chosen[0]
            assert agrees(content, answer, share), chosen
            for mistake, wrong in content.key.mistakes.items():
                if {*mistakes.mistaken_answers(wrong)} & {*chosen}:
                    sentence = as_html(content.mistake(mistake))
                    assert any(sentence in one for one in told), (chosen, mistake)


@every("lines", everyday=("en",))
def test_lines_earn_what_the_judge_gives(content):
    question = question_of(content)
    texts = {int(one.text.partition(":")[0]): one.text for one in moodle.answers_of(question)}
    lines = content.listing.splitlines()
    assert {*texts} == {n for n, line in enumerate(lines, 1) if line.strip()}
    for size in (1, 2):
        for chosen in combinations(texts, size):
            share, _ = moodle.choose(question, [texts[number] for number in chosen])
            assert agrees(content, [*map(str, chosen)], share), chosen
    for mistake, wrong in content.key.mistakes.items():
        for number in kind_of("lines").mistaken_answers(wrong):
            _, told = moodle.choose(question, [texts[number]])
            assert as_html(content.mistake(mistake)) in told


@every("matching")
def test_pairs_are_the_keys(content):
    pairs, offered = moodle.pairs_of(question_of(content))
    items = {id_: as_html(text) for id_, text in content.shown.items}
    choices = {id_: as_line(text) for id_, text in content.shown.choices}
    assert pairs == {items[i]: choices[c] for i, c in content.key.answer.items()}
    assert {*offered} == {*choices.values()}
    assert content.score(dict(content.key.answer)).fraction == 1


@every("matching", everyday=("en",))
def test_gaps_of_pairs_tell_each_mistake(content):
    text, gaps = moodle.gaps_of(question_of(content, matching="cloze"))
    assert "MULTICHOICE" not in text
    assert len(gaps) == len(content.shown.items)
    for (item, _), gap in zip(content.shown.items, gaps, strict=True):
        shown = {line_as_html(words): id_ for id_, words in content.shown.choices}
        assert {one.text for one in gap.answers} == {*shown}
        for one in gap.answers:
            assert one.fraction == (content.key.answer[item] == shown[one.text])
            for mistake, value in content.key.mistakes.items():
                if {item: shown[one.text]} in kind_of("matching").mistaken_answers(value):
                    assert as_html(content.mistake(mistake)) in one.feedback


@every("ordering", everyday=("en",))
def test_typed_orders_earn_what_the_judge_gives(content):
    question = question_of(content)
    places = {id_: number for number, (id_, _) in enumerate(content.shown.choices, 1)}
    for order in permutations(content.question.choices):
        texts = typed([places[id_] for id_ in order])
        scored = content.score(list(order))
        # What is wrong and unknown is long in being compared: each way of typing, now and then.
        known = scored.mistake or scored.fraction
        for text in texts if known else [texts[places[order[0]] % len(texts)]]:
            share, told = moodle.type_text(question, text)
            assert agrees(content, list(order), share), order
            if scored.mistake:
                assert as_html(content.mistake(scored.mistake)) in told
    for text in ("", "1", "12", "11111111"):
        assert moodle.type_text(question, text)[0] == 0


@every("ordering", everyday=("en",))
def test_dragged_orders_are_the_key(content):
    question = question_of(content, ordering="dragged")
    texts = {line_as_html(text): id_ for id_, text in content.shown.choices}
    assert [texts[one.text] for one in moodle.answers_of(question)] == content.key.answer
    assert question.findtext("gradingtype") == "ALL_OR_NOTHING"


def spelled(value):
    """Ways to write a number that both systems are to read."""
    plain = as_decimal(value)
    found = {
        plain,
        f"{plain}0" if "." in plain else f"{plain}.0",
        f"{plain}000" if "." in plain else f"{plain}.",
    }
    if plain.lstrip("-").startswith("0."):
        found.add(plain.replace("0.", ".", 1))
    return {text.replace(".", separator) for text in found for separator in ".,"}


def around(content):
    """Yield texts of numbers at, inside and outside the borders of what is right or known wrong.

    Those of the right answer are written in every way.
    """
    tolerance = to_fraction(content.key.tolerance or 0)
    right = to_fraction(content.key.answer)
    wrong = [
        to_fraction(one)
        for value in content.key.mistakes.values()
        for one in kind_of("numeric").mistaken_answers(value)
    ]
    step = Fraction(1, 10**5)
    edges = [edge + delta for edge in (-tolerance, 0, tolerance) for delta in (-step, 0, step)]
    draw = random.Random(content.place)  # noqa: S311 - numbers to try, nothing secret
    edges += [Fraction(draw.randint(-3000, 3000), 10**5) for _ in range(6)]
    for edge in edges:
        yield from spelled(right + edge)
    for number, centre in enumerate(wrong):
        for edge in edges[:9]:
            yield as_decimal(centre + edge).replace(".", ".,"[number % 2])


@every("numeric", names=("course", "tiny"), everyday=("en",))
@pytest.mark.parametrize("numbers", ["text", "numerical"])
def test_numbers_are_right_where_the_judge_says_so(content, numbers):
    question = question_of(content, numbers=numbers)
    lang = content.exercise.lang
    for text in around(content):
        right = float(content.score(text).fraction)
        if numbers == "text":
            share, _ = moodle.type_text(question, text)
        else:
            share, _ = moodle.type_number(question, text, lang)
            if lang == "en" and "," in text:
                assert share is moodle.INVALID
                continue
        assert share == right, (text, share, right)


@every("numeric", names=("course", "tiny"), everyday=("en",))
@pytest.mark.parametrize("numbers", ["text", "numerical"])
def test_a_known_wrong_number_gets_its_sentence(content, numbers):
    question = question_of(content, numbers=numbers)
    for value in content.key.mistakes.values():
        for wrong in kind_of("numeric").mistaken_answers(value):
            text = as_decimal(to_fraction(wrong))
            scored = content.score(text)
            ask = moodle.type_text(question, text) if numbers == "text" else None
            share, told = ask or moodle.type_number(question, text, content.exercise.lang)
            assert share == float(scored.fraction) == 0
            assert told == as_html(content.told(scored)), text


@pytest.mark.parametrize("lang", LANGUAGES)
def test_comma_and_point_are_right_by_default_in_every_language(lang):
    for content in questions_of("course", lang):
        if content.question.kind == "numeric":
            question = question_of(content)
            plain = as_decimal(to_fraction(content.key.answer))
            for text in (plain, plain.replace(".", ",")):
                if question.get("type") == "shortanswer":
                    assert moodle.type_text(question, text)[0] == 1
                else:
                    assert moodle.type_number(question, text, lang)[0] == 1


CODE = re.compile(r"<pre>.*?</pre>|<code>.*?</code>", re.DOTALL)
AFTER = ["e2", "E2", "/2", "*2", "^2", "x10", "-1", "+1", ",5", ".5", "%", "·2", "−1", "·10", "(2)"]


@every("numeric", names=("course",), everyday=("en",))
def test_nothing_behind_a_right_number_makes_another_one_right(content):
    question = question_of(content, numbers="text")
    plain = as_decimal(to_fraction(content.key.answer))
    for after in AFTER:
        for text in (f"{plain}{after}", f"{plain}{'' if '.' in plain else '.'}000{after}"):
            if content.score(text).fraction != 1:
                assert moodle.type_text(question, text)[0] == 0, text


@every("cloze", names=("typed",))
def test_gaps_earn_what_the_judge_gives(content):
    _, gaps = moodle.gaps_of(question_of(content))
    assert sum(gap.weight for gap in gaps) == content.question.points
    for id_, gap in zip(content.question.gaps, gaps, strict=True):
        for one in gap.answers:
            text = one.text.replace("\\*", "*")
            scored = content.score({id_: text})
            assert (scored.fraction * len(gaps) == 1) == (one.fraction == 1), text
        for form in all_forms(content.key.answer[id_]):
            assert gap.type_text(form)[0] == 1
    for mistake, value in content.key.mistakes.items():
        for wrong in kind_of("cloze").mistaken_answers(value):
            if len(wrong) == 1:
                ((id_, form),) = wrong.items()
                gap = gaps[content.question.gaps.index(id_)]
                assert gap.type_text(form) == (0, as_html(content.mistake(mistake)))


@every("short_text", names=("typed",))
def test_texts_earn_what_the_judge_gives(content):
    question = question_of(content)
    for one in moodle.answers_of(question):
        text = one.text.replace("\\*", "*")
        assert float(content.score(text).fraction) == one.fraction
        assert moodle.type_text(question, text)[0] == one.fraction
    for mistake, forms in content.key.mistakes.items():
        for form in all_forms(forms):
            assert as_html(content.mistake(mistake)) in moodle.type_text(question, form)[1]


def test_accents_and_spaces_of_usual_spellings_make_no_difference():
    (content,) = (one for one in questions_of("typed", "fr") if one.question.id == "method")
    question = question_of(content)
    for text in ("Descente de gradient", "descente-de-gradient", "La descente de gradient."):
        assert moodle.type_text(question, text)[0] == 1


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_formula_has_dollars_and_nothing_is_markdown(lang):
    for idnumber, question in moodle_questions("course", lang).items():
        for one in question.iter():
            if one.get("format") == "html":
                text = re.sub(
                    r"<pre>.*?</pre>|<code>.*?</code>",
                    "",
                    one.findtext("text") or "",
                    flags=re.DOTALL,
                )
                assert "$" not in text, (idnumber, text)
            assert one.get("format") in {None, "html", "moodle_auto_format"}
