"""Each kind of question as the question of Moodle that asks the same.

The judge scores what is written out: an answer earns the share that it earns here.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, assert_never

from grader.course.languages import msgid
from grader.export import moodle_xml as xml
from grader.export.html import as_html, as_line, line_as_html, listing_as_html
from grader.export.moodle_cloze import Alternative, gap
from grader.export.moodle_numbers import numeric
from grader.export.ordering_texts import orders, steps_as_html
from grader.export.spellings import spellings

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

    from grader.export.content import QuestionContent
    from grader.export.format import ExerciseTask, Losses

_RIGHT = Fraction(1)
_WRONG = Fraction(0)
LOST = {
    "pairs": msgid(
        "Moodle says nothing of a single pair: the sentences about wrong pairs are left out; "
        "--matching cloze keeps them"
    ),
    "menus": msgid("Moodle's menus show no formulas: they are written in Unicode"),
    "dragged": msgid(
        "steps that are dragged are right or wrong as a whole: nothing for one swap, and no "
        "sentence about an order"
    ),
    "typed_order": msgid("the order is typed as numbers"),
    "spellings": msgid(
        "typed texts are compared letter by letter: the usual spellings are written out, others "
        "are wrong"
    ),
    "marked": msgid("texts are marked by hand: the key points are in the note for markers"),
    "ticked": msgid("lines are ticked, not typed"),
    "weights": msgid("each gap counts one point: set the maximum mark in the quiz"),
}


def question_of(content: QuestionContent, task: ExerciseTask, losses: Losses) -> Element:
    """Return the question, with the explanation of its right answer as general feedback."""
    made = _of_kind(content, task, losses)
    feedback = made.find("generalfeedback/text")
    if feedback is not None:
        feedback.text = as_html(content.explanation) if content.explanation else ""
    if content.question.kind != "free_text":
        xml.hints(made, content.exercise.hints)
    xml.tags(made, ["nn-grader", content.exercise.id])
    return made


def _of_kind(content: QuestionContent, task: ExerciseTask, losses: Losses) -> Element:
    match content.question.kind:
        case "single":
            return _single(content)
        case "multiple":
            return _multiple(content)
        case "lines":
            return _lines(content, losses)
        case "matching":
            cloze = task.matching == "cloze"
            return _matching_gaps(content) if cloze else _matching(content, losses)
        case "ordering":
            dragged = task.ordering == "dragged"
            return _ordering(content, losses) if dragged else _ordering_typed(content, losses)
        case "numeric":
            return numeric(_begin(content, _numeric_kind(task)), content, task, losses)
        case "cloze":
            return _cloze(content, losses)
        case "short_text":
            return _short_text(content, losses)
        case "free_text":
            return _free_text(content, losses)
    assert_never(content.question.kind)


def _numeric_kind(task: ExerciseTask) -> str:
    from grader.export.moodle_numbers import as_texts  # noqa: PLC0415 - beside its use

    return "shortanswer" if as_texts(task) else "numerical"


def _begin(content: QuestionContent, kind: str, text: str | None = None) -> Element:
    shown = as_html(content.shown.text) if text is None else text
    name = f"{content.exercise.id} {content.shown.number:02} {content.question.id}"
    idnumber = f"{content.exercise.id}.{content.question.id}"
    return xml.question(kind, name, shown, content.question.points, idnumber)


def _single(content: QuestionContent) -> Element:
    made = _begin(content, "multichoice")
    _choice_settings(made, single=True, shuffled=True)
    for id_, text in content.shown.choices:
        scored = content.score(id_)
        told = as_html(content.told(scored)) if scored.mistake else ""
        xml.answer(made, scored.fraction, line_as_html(text), told, is_html=True)
    return made


def _multiple(content: QuestionContent) -> Element:
    made = _begin(content, "multichoice")
    _choice_settings(made, single=False, shuffled=True)
    right = {*content.key.answer}
    for id_, text in content.shown.choices:
        share = Fraction(1 if id_ in right else -1, len(right))
        scored = content.score([*right, id_])
        told = as_html(content.told_mistakes(scored)) if id_ not in right else ""
        xml.answer(made, share, line_as_html(text), told, is_html=True)
    return made


def _lines(content: QuestionContent, losses: Losses) -> Element:
    losses.add(LOST["ticked"], content.place)
    text = as_html(content.shown.text) + listing_as_html(content.numbered_listing)
    made = _begin(content, "multichoice", text)
    _choice_settings(made, single=False, shuffled=False)
    right = content.right_lines
    for number, shown in content.lines_as_html().items():
        share = Fraction(1 if number in right else -1, len(right))
        scored = content.score([*map(str, [*right, number])])
        told = as_html(content.told_mistakes(scored)) if number not in right else ""
        xml.answer(made, share, shown, told, is_html=True)
    return made


def _choice_settings(made: Element, *, single: bool, shuffled: bool) -> None:
    xml.leaf(made, "single", str(single).lower())
    xml.leaf(made, "shuffleanswers", str(shuffled).lower())
    xml.leaf(made, "answernumbering", "none")
    xml.leaf(made, "showstandardinstruction", 1)
    xml.combined_feedback(made)


def _matching(content: QuestionContent, losses: Losses) -> Element:
    if content.key.mistakes:
        losses.add(LOST["pairs"], content.place)
    if any("$" in text for _, text in content.shown.choices):
        losses.add(LOST["menus"], content.place)
    made = _begin(content, "matching")
    xml.leaf(made, "shuffleanswers", "true")
    xml.combined_feedback(made)
    choices = dict(content.shown.choices)
    for item, text in content.shown.items:
        _pair(made, as_html(text), as_line(choices[content.key.answer[item]]))
    for id_, text in content.shown.choices:
        if id_ not in content.key.answer.values():
            _pair(made, "", as_line(text))
    return made


def _pair(made: Element, item: str, choice: str) -> None:
    pair = xml.html(made, "subquestion", item)
    xml.leaf(xml.leaf(pair, "answer", ""), "text", choice)


def _matching_gaps(content: QuestionContent) -> Element:
    rows = []
    for item, text in content.shown.items:
        alternatives = []
        for id_, choice in content.shown.choices:
            told = content.told_of_pair(item, id_)
            share = _RIGHT if content.key.answer[item] == id_ else _WRONG
            alternatives.append(Alternative(line_as_html(choice), share, told))
        menu = gap("MULTICHOICE_V", 1, alternatives, html=True)
        rows.append(f"<div>{as_html(text)}{menu}</div>")
    return _begin(content, "cloze", as_html(content.shown.text) + "".join(rows))


def _ordering(content: QuestionContent, losses: Losses) -> Element:
    losses.add(LOST["dragged"], content.place)
    made = _begin(content, "ordering")
    for name, value in (
        ("layouttype", "VERTICAL"),
        ("selecttype", "ALL"),
        ("selectcount", len(content.question.choices)),
        ("gradingtype", "ALL_OR_NOTHING"),
        ("showgrading", "SHOW"),
    ):
        xml.leaf(made, name, value)
    xml.combined_feedback(made)
    texts = dict(content.shown.choices)
    for place, id_ in enumerate(content.key.answer, 1):
        xml.answer(made, Fraction(place, 100), line_as_html(texts[id_]), "", is_html=True)
    return made


def _ordering_typed(content: QuestionContent, losses: Losses) -> Element:
    losses.add(LOST["typed_order"], content.place)
    made = _begin(content, "shortanswer", as_html(content.shown.text) + steps_as_html(content))
    xml.leaf(made, "usecase", 0)
    for order, texts in orders(content):
        scored = content.score(list(order))
        told = as_html(content.told(scored)) if scored.fraction < 1 else ""
        for text in texts:
            xml.answer(made, scored.fraction, text, told)
    return made


def _cloze(content: QuestionContent, losses: Losses) -> Element:
    losses.add(LOST["spellings"], content.place)
    gaps = content.question.gaps
    weight = content.question.points // len(gaps)
    if weight * len(gaps) != content.question.points:
        losses.add(LOST["weights"], content.place)
        weight = 1
    kind = "SHORTANSWER_C" if content.question.compare == "code" else "SHORTANSWER"
    text = as_html(content.text)
    for id_ in gaps:
        written = gap(kind, weight, _for_gap(content, id_))
        text = text.replace(f"{{{{{id_}}}}}", written)
    return _begin(content, "cloze", text)


def _for_gap(content: QuestionContent, id_: str) -> Iterator[Alternative]:
    compare = content.question.compare
    right = spellings(content.key.answer[id_], compare)
    yield from (Alternative(_literal(text), _RIGHT) for text in right)
    for mistake, value in content.key.mistakes.items():
        told = as_html(content.mistake(mistake))
        for wrong in value if isinstance(value, list) else [value]:
            if {*wrong} == {id_}:
                for text in spellings(wrong[id_], compare):
                    yield Alternative(_literal(text), _WRONG, told)


def _short_text(content: QuestionContent, losses: Losses) -> Element:
    losses.add(LOST["spellings"], content.place)
    compare = content.question.compare
    made = _begin(content, "shortanswer")
    xml.leaf(made, "usecase", int(compare == "code"))
    for text in spellings(content.key.answer, compare, whole=True):
        xml.answer(made, _RIGHT, _literal(text), "")
    for mistake, forms in content.key.mistakes.items():
        for text in spellings(forms, compare, whole=True):
            xml.answer(made, _WRONG, _literal(text), as_html(content.mistake(mistake)))
    return made


def _literal(text: str) -> str:
    """Return a text for a short answer, in which an asterisk is no wildcard."""
    return text.replace("*", "\\*")


def _free_text(content: QuestionContent, losses: Losses) -> Element:
    losses.add(LOST["marked"], content.place)
    made = _begin(content, "essay")
    points = content.key.key_points
    texts = content.exercise.front.key_points.get(content.question.id, {})
    listed = "\n".join(f"- {texts.get(id_, id_)} ({worth})" for id_, worth in points.items())
    essay_settings(made, lines=content.question.max_lines or 5)
    xml.html(made, "graderinfo", as_html(listed))
    xml.html(made, "responsetemplate", "")
    return made


def essay_settings(made: Element, lines: int, *, file_types: str = "") -> None:
    """Add the settings of an essay; with file types, one file is handed in and no text."""
    upload = bool(file_types)
    xml.leaf(made, "responseformat", "noinline" if upload else "editor")
    xml.leaf(made, "responserequired", int(not upload))
    xml.leaf(made, "responsefieldlines", max(lines, 2))
    xml.leaf(made, "minwordlimit", "")
    xml.leaf(made, "maxwordlimit", "")
    xml.leaf(made, "attachments", int(upload))
    xml.leaf(made, "attachmentsrequired", int(upload))
    xml.leaf(made, "maxbytes", 0)
    xml.leaf(made, "filetypeslist", file_types)
