"""The course of a quiz: on, back, again, stopped, and gone on with."""

import pytest
from support.quizzes import EVERYTHING, GAPS, answer_file, asked_questions, load

from grader.asking.drafts import DRAFTS, Drafts
from grader.asking.front import Reply
from grader.asking.interview import Interview
from grader.asking.typed_values import typed_value
from grader.course.languages import Translator

EN = Translator("en")


class Person:
    """Types prepared lines: ``<`` goes back, an empty line on, nothing more stops."""

    def __init__(self, *lines):
        self.lines = [*lines]
        self.seen = []
        self.said = []

    def say(self, text):
        self.said.append(text)

    def ask(self, prompt):
        self.seen.append(prompt)
        if not self.lines:
            return Reply("stop", ended=True)
        line = self.lines.pop(0)
        if line == "<":
            return Reply("back")
        value = typed_value(prompt.step, line, EN) if line else None
        assert value is None or prompt.problem(value) is None
        return Reply("on", value)

    def heads(self):
        """The first line of each prompt."""
        return [prompt.text.split("\n")[0].replace("**", "") for prompt in self.seen]


def interview(tmp_path, named, person):
    loaded = load(named)
    file = answer_file(tmp_path / f"{named[1]}.yaml", loaded)
    questions = [*asked_questions(loaded).values()]
    return Interview(questions, file, Drafts(tmp_path, named[1]), person, EN)


ANSWERS = ("one", "two four", "sum", "product", "small medium large", "0.25", "4")


def test_each_answer_is_in_the_file_before_the_next_question(tmp_path):
    person = Person()
    quiz = interview(tmp_path, EVERYTHING, person)
    for count in range(1, len(ANSWERS) + 1):
        person.lines = [ANSWERS[count - 1]]
        assert quiz.run() == ("stop" if count < len(ANSWERS) else "grade")
    answers = quiz.file.answers().given
    assert answers == {
        "smallest": "one",
        "even": ["two", "four"],
        "signs": {"plus": "sum", "times": "product"},
        "growing": ["small", "medium", "large"],
        "half": "0.25",
        "addition": "4",
    }


def test_it_begins_at_the_first_open_question(tmp_path):
    interview(tmp_path, EVERYTHING, Person(*ANSWERS[:3])).run()
    person = Person("")
    interview(tmp_path, EVERYTHING, person).run()
    assert person.heads()[0] == "Question 3 of 6, part 2 of 2 (2 points)"
    assert "What does each operator give?" in person.seen[0].text


def test_back_goes_part_by_part_and_stops_at_the_first_question(tmp_path):
    person = Person(*ANSWERS[:3], "<", "<", "<", "<")
    interview(tmp_path, EVERYTHING, person).run()
    assert person.heads()[3:] == [
        "Question 3 of 6, part 2 of 2 (2 points)",
        "Question 3 of 6, part 1 of 2 (2 points)",
        "Question 2 of 6 (2 points)",
        "Question 1 of 6 (1 point)",
        "Question 1 of 6 (1 point)",
    ]
    assert person.said == ["This is the first question."]
    assert [prompt.given for prompt in person.seen[4:7]] == [("sum",), ("two", "four"), ("one",)]


def test_the_text_of_a_question_is_not_repeated_for_each_part(tmp_path):
    person = Person(*ANSWERS[:4])
    interview(tmp_path, EVERYTHING, person).run()
    first, second = person.seen[2:4]
    assert "What does each operator give?" in first.text
    assert "What does each operator give?" not in second.text
    assert "What does each operator give?" in second.whole


def test_a_question_is_answered_again_from_the_overview(tmp_path):
    person = Person(*ANSWERS, "2", "one three", "7")
    quiz = interview(tmp_path, EVERYTHING, person)
    assert quiz.run() == "grade"
    assert quiz.file.answers().get("even") == ["one", "three"]
    assert person.heads()[-3:] == ["Your answers", "Question 2 of 6 (2 points)", "Your answers"]


def test_back_from_a_question_that_is_answered_again_leads_to_the_overview(tmp_path):
    person = Person(*ANSWERS, "2", "<", "")
    assert interview(tmp_path, EVERYTHING, person).run() == "grade"
    assert person.heads()[-2:] == ["Question 2 of 6 (2 points)", "Your answers"]


def test_back_from_the_overview_leads_to_the_last_question(tmp_path):
    person = Person(*ANSWERS, "<", "5", "")
    quiz = interview(tmp_path, EVERYTHING, person)
    assert quiz.run() == "grade"
    assert quiz.file.answers().get("addition") == "5"


def test_the_overview_says_what_is_open_and_what_was_answered(tmp_path):
    person = Person("one", "", "sum", "", "", "1/4", "4")
    interview(tmp_path, EVERYTHING, person).run()
    overview = person.seen[-1]
    assert "Without a whole answer yet: 2, 3, 4." in overview.text
    texts = [text for _, text in overview.step.options]
    assert texts[0] == "Which number is the smallest? — the number 1"
    assert texts[1] == "Which numbers are even? — no answer yet"
    assert texts[2] == "What does each operator give? — the sum; no answer yet"
    assert texts[4].endswith("— `1/4`")
    assert texts[5].endswith("— line 4")


def test_an_end_of_the_input_grades_only_what_is_whole(tmp_path):
    assert interview(tmp_path, EVERYTHING, Person(*ANSWERS[:-1], "")).run() == "stop"
    assert interview(tmp_path, EVERYTHING, Person("4")).run() == "grade"


def test_only_what_is_not_right_is_asked_again(tmp_path):
    interview(tmp_path, EVERYTHING, Person(*ANSWERS)).run()
    person = Person("", "", "")
    assert interview(tmp_path, EVERYTHING, person).run(["even", "half"]) == "grade"
    assert person.heads() == [
        "Question 2 of 6 (2 points)",
        "Question 5 of 6 (1 point)",
        "Your answers",
    ]


def test_an_answer_that_cannot_be_used_is_quoted_and_asked_again(tmp_path):
    loaded = load(EVERYTHING)
    answer_file(tmp_path / "ex02.yaml", loaded, "smallest: eleven`\nhalf: a quarter\n")
    person = Person("one", "", "", "", "", "0.25")
    interview(tmp_path, EVERYTHING, person).run()
    assert "for this cannot be used: `eleven'`" in person.seen[0].text
    assert "“a quarter” cannot be read as a number." in person.seen[5].text


def test_an_unfinished_text_waits_beside_the_file(tmp_path):
    class Interrupted(Person):
        def ask(self, prompt):
            prompt.keep_draft("so far")
            return Reply("stop")

    interview(tmp_path, GAPS, Interrupted()).run()
    assert (tmp_path / DRAFTS).exists()
    person = Person("input")
    interview(tmp_path, GAPS, person).run()
    assert person.seen[0].draft == "so far"
    assert not (tmp_path / DRAFTS).exists()


@pytest.mark.parametrize("kept", ["", "[]", '{"ex01": 3}', '{"ex01": {"layers": 3}}', "\0"])
def test_broken_drafts_are_none(tmp_path, kept):
    (tmp_path / DRAFTS).write_text(kept, encoding="utf-8")
    drafts = Drafts(tmp_path, "ex01")
    assert drafts.get("layers") == ""
    drafts.put("layers", "so far")
    assert drafts.get("layers") == "so far"
