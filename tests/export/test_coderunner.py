"""CodeRunner's questions, read as its own import does, and answered through their template."""

import base64
import json
import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from support.jobe import check_shape, jobe, run_spec
from support.languages import LANGUAGES
from support.tree import ROOT

from grader.course.loading import Course
from grader.course.locate import builtin_root
from grader.export.coderunner import LANGUAGE, coderunner_xml, template
from grader.jobe import protocol
from grader.jobe.protocol import read_run

HERE = Path(__file__).parent
# extra_question_fields() of questiontype.php, CodeRunner 5.9.3, in its order.
EXTRA_QUESTION_FIELDS = (HERE / "coderunner_fields.txt").read_text("utf-8").split()
OF_EVERY_QUESTION = {
    *("name", "questiontext", "generalfeedback", "defaultgrade", "penalty", "hidden", "idnumber"),
    *("testcases", "tags"),
}
COURSE = Course(builtin_root())
WITHOUT_FORMULAS = re.compile(r"\\\(.*?\\\)|\\\[.*?\\\]", re.DOTALL)


def imported(data):
    """Return category and questions as `import_from_xml` makes them; unknown fields fail."""
    first, *questions = ET.fromstring(data)  # noqa: S314 - just made
    assert first.get("type") == "category"
    found = []
    for one in questions:
        assert one.get("type") == "coderunner"
        names = [child.tag for child in one]
        assert len(names) == len({*names})
        assert {*names} - OF_EVERY_QUESTION == {*EXTRA_QUESTION_FIELDS}
        fields = {name: one.findtext(name) or "" for name in EXTRA_QUESTION_FIELDS}
        fields |= {name: one.findtext(name) or "" for name in ("defaultgrade", "idnumber")}
        fields["name"] = one.findtext("name/text") or ""
        fields["questiontext"] = one.findtext("questiontext/text") or ""
        assert one.find("questiontext").get("format") == "html"
        assert list(one.find("testcases")) == []
        fields["files"] = {file.get("name"): file for file in one.findall("questiontext/file")}
        found.append(fields)
    return first.findtext("category/text"), found


def php_json(text):
    """Encode a text as PHP's json_encode does, which Twig's filter calls."""
    return json.dumps(text).replace("/", "\\/")


def expanded(twig, answer, student=49):
    """Expand a template as Twig does: both expressions that may be in it."""
    values = {"STUDENT_ANSWER": answer, "STUDENT.id": str(student)}
    return re.sub(
        r"\{\{ ([\w.]+) \| json_encode \}\}", lambda found: php_json(values[found[1]]), twig
    )


@pytest.fixture(scope="module", params=LANGUAGES)
def whole(request):
    return request.param, imported(coderunner_xml(COURSE.exercises(), request.param))


def test_every_exercise_in_code_is_a_question_and_no_quiz_is(whole):
    lang, (category, questions) = whole
    code = [one for one in COURSE.exercises() if one.model.kind == "code"]
    assert len(code) < len(COURSE.exercises())
    assert [one["idnumber"] for one in questions] == [f"{one.model.id}.code" for one in code]
    assert [one["defaultgrade"] for one in questions] == [str(one.model.maximum) for one in code]
    assert category == f"$course$/top/{COURSE.prose(lang).title}/{lang}/CodeRunner"
    for exercise, question in zip(code, questions, strict=True):
        assert question["name"] == f"{exercise.model.id} {exercise.title(lang)}"


def test_the_fields_make_it_a_combinator_with_a_template_grader(whole):
    for one in whole[1][1]:
        assert one["coderunnertype"] == "python3"
        assert (one["grader"], one["iscombinatortemplate"]) == ("TemplateGrader", "1")
        assert (one["language"], one["acelang"]) == (LANGUAGE, "python")
        assert (one["twigall"], one["extractcodefromjson"]) == ("0", "0")
        assert (one["prototypetype"], one["allornothing"], one["penaltyregime"]) == ("0", "0", "0")
        assert one["answer"] == ""  # Moodle shows it to students as the right answer


def test_the_server_and_the_questions_speak_of_one_language():
    assert LANGUAGE == protocol.LANGUAGE


def test_the_task_is_html_with_formulas_for_mathjax(whole):
    for one in whole[1][1]:
        text = one["questiontext"]
        assert "$" not in WITHOUT_FORMULAS.sub("", text).replace("<code>$", "")
        assert "```" not in text
        assert "<p>" in text
    assert any("\\(" in one["questiontext"] for one in whole[1][1])
    assert not re.search(
        r"<script|javascript:", "".join(one["questiontext"] for one in whole[1][1])
    )


def test_the_pictures_of_a_task_go_along(whole):
    for one in whole[1][1]:
        shown = re.findall(r'src="@@PLUGINFILE@@/([^"]+)"', one["questiontext"])
        assert sorted(shown) == sorted(one["files"])
        for file in one["files"].values():
            assert (file.get("path"), file.get("encoding")) == ("/", "base64")
            assert b"<svg" in base64.b64decode(file.text)


def test_the_answer_begins_with_the_stub_as_python(whole):
    code = [one for one in COURSE.exercises() if one.model.kind == "code"]
    for exercise, one in zip(code, whole[1][1], strict=True):
        compile(one["answerpreload"], exercise.stub_name, "exec")
        for name in exercise.code.functions:
            assert name in one["answerpreload"]
        assert int(one["answerboxlines"]) > one["answerpreload"].count("\n")


ANSWERS = [
    'x = "\\"\n# {{ 7 * 7 }} {% raw %} "code": "no" }}}\n',
    "é ← «\u2028» \U0001f600 </script> \x7f",
    "",
]


@pytest.mark.parametrize("answer", ANSWERS)
@pytest.mark.parametrize("students", [False, True])
def test_what_the_template_makes_of_an_answer_is_understood(answer, students):
    made = expanded(template("ex11", "ru", students=students), answer)
    run = read_run(run_spec(made))
    assert (run.exercise, run.lang, run.code) == ("ex11", "ru", answer)
    assert run.student == ("49" if students else None)


def test_nothing_else_of_the_template_is_twig():
    plain = re.sub(r"\{\{ [\w.]+ \| json_encode \}\}", "0", template("ex11", "en", students=True))
    assert json.loads(plain) == {"exercise": "ex11", "lang": "en", "student": 0, "code": 0}
    assert not re.search(r"\{[{%#]", plain)


def test_questions_may_be_sent_to_a_server_of_their_own():
    exercises = [COURSE.exercise("ex11")]
    own = imported(coderunner_xml(exercises, "en", server="grader.example.org:4000"))[1][0]
    assert json.loads(own["sandboxparams"]) == {"jobeserver": "grader.example.org:4000"}
    assert imported(coderunner_xml(exercises, "en"))[1][0]["sandboxparams"] == ""


def test_quizzes_alone_make_a_file_without_questions():
    made = coderunner_xml([COURSE.exercise("ex12")], "en")
    assert list(ET.fromstring(made)) == []  # noqa: S314 - just made


def test_from_the_question_to_its_mark(tmp_path):
    (question,) = imported(coderunner_xml([COURSE.exercise("ex11")], "fr"))[1]
    right = (ROOT / "tests" / "solutions" / "ex11" / "plain.py").read_text("utf-8")
    with jobe(tmp_path / "log", "ex11") as server:
        marks = []
        for answer in (question["answerpreload"], right):
            body = run_spec(
                expanded(question["template"], answer), language_id=question["language"]
            )
            status, answered = server.post(body)
            assert (status, answered["outcome"]) == (200, 15)
            shown = json.loads(answered["stdout"])
            check_shape(shown)
            assert 'lang="fr"' in shown["prologuehtml"]
            marks.append(shown["fraction"])
    assert marks == [0, 1]
