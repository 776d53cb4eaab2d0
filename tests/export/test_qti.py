"""The package for Canvas: by its schema, by the standard's own processing, by the judge."""

import io
import zipfile
from functools import cache
from itertools import combinations
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from lxml import etree
from support import qti_engine as qti
from support.export_courses import course_of, every, exported
from text2qti.config import Config
from text2qti.qti import QTI
from text2qti.quiz import Quiz

from grader.course.languages import LANGUAGES
from grader.export.format import ExerciseTask
from grader.export.html import as_html
from grader.export.number_patterns import as_decimal
from grader.export.ordering_texts import orders
from grader.export.registry import format_of
from grader.questions.forms import all_forms
from grader.questions.numbers import to_fraction
from grader.questions.registry import kind_of

SCHEMA = Path(__file__).with_name("schemas") / "qti.rng"
CONTENT = "{http://www.imsglobal.org/xsd/imsccv1p1/imscp_v1p1}"


@cache
def package_of(name, lang):
    (data,) = exported("qti", name, lang).files.values()
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert package.testzip() is None
        return {one: package.read(one) for one in package.namelist()}


@cache
def items_of(name, lang):
    found = {}
    for file, data in package_of(name, lang).items():
        if file.endswith(".xml") and not file.endswith(("meta.xml", "manifest.xml")):
            for item in ET.fromstring(data).iter(f"{qti.NS}item"):  # noqa: S314 - just made
                found[item.get("ident")] = item
    return found


def item_of(content):
    course = content.exercise.loaded.course
    name = next(name for name in ("course", "tiny", "typed") if course is course_of(name))
    return items_of(name, content.exercise.lang)[f"{content.exercise.id}_{content.question.id}"]


def mistakes_of(content):
    kind = kind_of(content.question.kind)
    return [one for value in content.key.mistakes.values() for one in kind.mistaken_answers(value)]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", ["course", "tiny", "typed"])
def test_the_package_keeps_to_the_schema(name, lang):
    schema = etree.RelaxNG(etree.parse(SCHEMA))
    package = package_of(name, lang)
    manifest = ET.fromstring(package["imsmanifest.xml"])  # noqa: S314 - just made
    listed = {one.get("href") for one in manifest.iter(f"{CONTENT}file")}
    assert listed == {*package} - {"imsmanifest.xml"}
    idents = {one.get("identifier") for one in manifest.iter(f"{CONTENT}resource")}
    needed = {one.get("identifierref") for one in manifest.iter(f"{CONTENT}dependency")}
    assert needed <= idents
    for resource in manifest.iter(f"{CONTENT}resource"):
        if resource.get("type") == "imsqti_xmlv1p2":
            (file,) = resource.findall(f"{CONTENT}file")
            schema.assertValid(etree.fromstring(package[file.get("href")]))


def test_the_schema_takes_what_text2qti_writes(tmp_path):
    text = (
        "Quiz title: one\n\n1. Choice?\n... why\n*a) yes\n... good\nb) no\n... bad\n\n"
        "2. Several?\n[*] a\n[ ] b\n[*] c\n\n3. Number?\n= 1.14 +- 0.005\n\n"
        "4. Text?\n* one\n* two\n\n5. Essay?\n____\n\n6. File?\n^^^^\n"
    )
    file = tmp_path / "quiz.zip"
    QTI(Quiz(text, config=Config(), source_name="quiz")).save(str(file))
    schema = etree.RelaxNG(etree.parse(SCHEMA))
    with zipfile.ZipFile(file) as package:
        (name,) = (n for n in package.namelist() if "/text2qti_assessment" in n and "meta" not in n)
        schema.assertValid(etree.fromstring(package.read(name)))


def test_the_same_course_is_the_same_file():
    course = course_of("tiny")
    task = ExerciseTask(course, course.exercises(), "en")
    assert format_of("qti").export(task).files == format_of("qti").export(task).files


@every("single")
def test_one_choice_is_right(content):
    item = item_of(content)
    for id_, _ in content.shown.choices:
        score, told = qti.answer(item, {"response1": [id_]})
        scored = content.score(id_)
        assert score == 100 * scored.fraction
        if scored.mistake:
            assert as_html(content.mistake(scored.mistake)) in told


@every("multiple", "lines")
def test_all_points_are_for_all_right_choices(content):
    item = item_of(content)
    lines = content.question.kind == "lines"
    prefix = "line_" if lines else ""
    shown = content.lines_as_html() if lines else dict(content.shown.choices)
    ids = [*map(str, shown)]
    right = [*map(str, content.right_lines)] if lines else content.key.answer
    for chosen in (right, *combinations(ids, 1), *combinations(ids, 2)):
        score, told = qti.answer(item, {"response1": [f"{prefix}{id_}" for id_ in chosen]})
        scored = content.score([*chosen])
        assert (score == 100) == (scored.fraction == 1), chosen
        if scored.mistake:
            assert any(as_html(content.mistake(scored.mistake)) in one for one in told)


@every("matching")
def test_each_pair_earns_its_part(content):
    item = item_of(content)
    for wrong in [{}, *mistakes_of(content)]:
        pairs = content.key.answer | wrong
        score, _ = qti.answer(item, {f"response_{i}": [c] for i, c in pairs.items()})
        assert score == pytest.approx(100 * float(content.score(pairs).fraction), abs=0.1)


@every("ordering", "numeric", "short_text")
def test_what_is_typed_is_right_where_the_judge_says_so(content):
    item = item_of(content)
    kind = content.question.kind
    if kind == "ordering":
        each = [(texts[0], list(order)) for order, texts in orders(content)]
    elif kind == "numeric":
        right, tolerance = to_fraction(content.key.answer), to_fraction(content.key.tolerance or 0)
        values = [right, right - tolerance, right + tolerance, right + 2 * tolerance + 1]
        values += map(to_fraction, mistakes_of(content))
        each = [(as_decimal(value), as_decimal(value)) for value in values]
    else:
        texts = [*all_forms(content.key.answer), *mistakes_of(content)]
        each = [(text, text) for text in texts]
    for text, answer in each:
        score, _ = qti.answer(item, {"response1": [text]})
        assert (score == 100) == (content.score(answer).fraction == 1), text


@every("cloze", names=("typed",))
def test_gaps_list_what_is_right(content):
    item = item_of(content)
    for gap in content.question.gaps:
        (response,) = item.findall(f".//{qti.NS}response_lid[@ident='response_{gap}']")
        labels = response.iter(f"{qti.NS}response_label")
        texts = ["".join(one.itertext()).strip() for one in labels]
        assert {*all_forms(content.key.answer[gap])} <= {*texts}
        for text in texts:
            share = content.score({gap: text}).fraction
            assert share * len(content.question.gaps) == 1, text
