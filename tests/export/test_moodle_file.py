"""The file for Moodle, read by a schema and looked into."""

import base64
from pathlib import Path

import pytest
from lxml import etree
from support.export_courses import course_of, exported, moodle_questions

from grader.course.languages import LANGUAGES

SCHEMAS = Path(__file__).with_name("schemas")
OPTIONS = [
    {},
    {"numbers": "numerical", "matching": "cloze", "ordering": "dragged"},
    {"numbers": "text"},
]


@pytest.mark.parametrize("options", OPTIONS)
@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", ["course", "tiny", "typed"])
def test_the_file_keeps_to_the_schema(name, lang, options):
    schema = etree.RelaxNG(etree.parse(SCHEMAS / "moodle.rng"))
    (data,) = exported("moodle", name, lang, **options).files.values()
    schema.assertValid(etree.fromstring(data, etree.XMLParser(huge_tree=True)))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_exercise_and_question_is_there_once(lang):
    course = course_of("course")
    found = [
        name for name in moodle_questions("course", lang) if not name.startswith(course.index.id)
    ]
    wanted = []
    for exercise in course.exercises():
        ids = ["program"] if exercise.model.kind == "code" else ["task"]
        if exercise.model.kind != "code":
            ids += [question.id for question in exercise.quiz.questions]
        wanted += [f"{exercise.model.id}.{id_}" for id_ in ids]
    assert found == wanted
    for name, element in moodle_questions("course", lang).items():
        if name.endswith(".program"):
            assert element.findtext("filetypeslist") == ".py,.ipynb"


def test_points_are_those_of_the_course():
    questions = moodle_questions("course", "en")
    for exercise in course_of("course").exercises():
        if exercise.model.kind != "code":
            for question in exercise.quiz.questions:
                made = questions[f"{exercise.model.id}.{question.id}"]
                assert made.findtext("defaultgrade") == str(question.points)


def test_pictures_and_starter_files_are_embedded():
    questions = moodle_questions("course", "fr")
    text = questions["ex08.task"].find("questiontext")
    assert base64.b64decode(text.findtext("file")).lstrip().startswith(b"<?xml")
    assert "@@PLUGINFILE@@/ex08_parts.svg" in text.findtext("text")
    start = questions["ex11.program"].find("questiontext/file")
    assert base64.b64decode(start.text).decode() == course_of("course").exercise("ex11").stub("fr")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_feedback_after_the_attempt_is_the_explanation(lang):
    made = moodle_questions("course", lang)["ex14.loss_first"]
    assert "\\(" in made.findtext("generalfeedback/text")
    assert len(made.findall("hint")) == 3
