"""Items of QTI 1.2 as Canvas imports them: each kind of question as Canvas asks it."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, assert_never
from xml.etree import ElementTree as ET

from grader.course.languages import msgid
from grader.export.html import as_html, as_line, line_as_html, listing_as_html, xml_text
from grader.export.number_patterns import as_decimal
from grader.export.ordering_texts import orders, steps_as_html
from grader.export.spellings import spellings
from grader.questions.numbers import to_fraction

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from grader.export.content import QuestionContent
    from grader.export.format import Losses

LOST = {
    "numbers": msgid(
        "Canvas has one sentence for all wrong numbers: those of mistakes are left out"
    ),
    "pairs": msgid(
        "Canvas says nothing of a single pair: the sentences about wrong pairs are left out"
    ),
    "order": msgid("the order is typed as numbers, right as a whole or wrong"),
    "all": msgid("Canvas gives points for a part by its own rule"),
    "texts": msgid(
        "typed texts are compared letter by letter, and capitals make no difference in code either"
    ),
    "gaps": msgid("the sentences about wrong gaps are left out"),
    "marked": msgid("texts are marked by hand, and the key points are not in the file"),
    "ticked": msgid("lines are ticked, not typed"),
}
RESPONSE = "response1"
_GENERAL = "general_fb"


def item_of(content: QuestionContent, losses: Losses) -> ET.Element:
    """Return the item, with the explanation of the right answer as general feedback."""
    match content.question.kind:
        case "single":
            return _single(content)
        case "multiple":
            return _multiple(content, losses)
        case "lines":
            return _lines(content, losses)
        case "matching":
            return _matching(content, losses)
        case "ordering":
            return _ordering(content, losses)
        case "numeric":
            return _numeric(content, losses)
        case "cloze":
            return _cloze(content, losses)
        case "short_text":
            return _short_text(content, losses)
        case "free_text":
            return _free_text(content, losses)
    assert_never(content.question.kind)


class Item:
    """An item that is being made: its presentation, processing and feedback."""

    def __init__(self, ident: str, title: str, kind: str, points: int, text: str) -> None:
        self.element = ET.Element("item", ident=ident, title=xml_text(title))
        fields = ET.SubElement(ET.SubElement(self.element, "itemmetadata"), "qtimetadata")
        for name, value in (("question_type", kind), ("points_possible", str(points))):
            add_field(fields, name, value)
        self.ids = add_field(fields, "original_answer_ids", "")
        add_field(fields, "assessment_question_identifierref", f"{ident}_question")
        self.presentation = ET.SubElement(self.element, "presentation")
        add_material(self.presentation, text)
        self.processing: ET.Element | None = None
        self.feedback: dict[str, str] = {}

    def scored(self) -> ET.Element:
        """Return the processing, which begins with the score."""
        if self.processing is None:
            self.processing = ET.SubElement(self.element, "resprocessing")
            score = ET.SubElement(self.processing, "outcomes")
            ET.SubElement(
                score, "decvar", maxvalue="100", minvalue="0", varname="SCORE", vartype="Decimal"
            )
        return self.processing

    def condition(self, *, goes_on: bool) -> tuple[ET.Element, ET.Element]:
        """Add a condition; return it, and the element for what must hold."""
        made = ET.SubElement(
            self.scored(), "respcondition", {"continue": "Yes" if goes_on else "No"}
        )
        return made, ET.SubElement(made, "conditionvar")

    def say(self, condition: ET.Element, ident: str, html: str) -> None:
        """Show a text where a condition holds."""
        ET.SubElement(condition, "displayfeedback", feedbacktype="Response", linkrefid=ident)
        self.feedback[ident] = html

    def explain(self, html: str) -> None:
        """Show a text whatever was answered; it comes before what decides on points."""
        if html:
            condition, holds = self.condition(goes_on=True)
            ET.SubElement(holds, "other")
            self.say(condition, _GENERAL, html)

    def done(self) -> ET.Element:
        """Return the element, with all feedback at its end."""
        for ident, html in self.feedback.items():
            made = ET.SubElement(self.element, "itemfeedback", ident=ident)
            add_material(ET.SubElement(made, "flow_mat"), html)
        return self.element


def add_field(parent: ET.Element, label: str, entry: str) -> ET.Element:
    """Add a field of metadata; return the element that holds its value."""
    field = ET.SubElement(parent, "qtimetadatafield")
    ET.SubElement(field, "fieldlabel").text = label
    made = ET.SubElement(field, "fieldentry")
    made.text = entry
    return made


def add_material(parent: ET.Element, html: str, kind: str = "text/html") -> None:
    """Add a text."""
    ET.SubElement(ET.SubElement(parent, "material"), "mattext", texttype=kind).text = xml_text(html)


def _begin(content: QuestionContent, kind: str, text: str | None = None) -> Item:
    ident = f"{content.exercise.id}_{content.question.id}"
    title = f"{content.exercise.id} {content.shown.number:02} {content.question.id}"
    shown = as_html(content.shown.text) if text is None else text
    item = Item(ident, title, kind, content.question.points, shown)
    if content.explanation:
        item.explain(as_html(content.explanation))
    return item


def _choices(
    item: Item, choices: Mapping[str, str], *, several: bool, respident: str = RESPONSE
) -> ET.Element:
    """Add choices, HTML by id; return the response, to which a text may be added."""
    response = ET.SubElement(
        item.presentation,
        "response_lid",
        ident=respident,
        rcardinality="Multiple" if several else "Single",
    )
    rendered = ET.SubElement(response, "render_choice")
    for ident, html in choices.items():
        add_material(ET.SubElement(rendered, "response_label", ident=ident), html)
    item.ids.text = ",".join(choices)
    return response


def _equal(parent: ET.Element, value: str, respident: str = RESPONSE) -> None:
    ET.SubElement(parent, "varequal", respident=respident).text = xml_text(value)


def _set_score(
    condition: ET.Element, points: Fraction = Fraction(100), action: str = "Set"
) -> None:
    ET.SubElement(
        condition, "setvar", action=action, varname="SCORE"
    ).text = f"{float(points):.2f}".rstrip("0").rstrip(".")


def _feedback_of_choices(item: Item, told: Mapping[str, str]) -> None:
    for ident, html in told.items():
        if html:
            condition, holds = item.condition(goes_on=True)
            _equal(holds, ident)
            item.say(condition, f"{ident}_fb", html)


def _single(content: QuestionContent) -> ET.Element:
    item = _begin(content, "multiple_choice_question")
    _choices(item, {id_: line_as_html(text) for id_, text in content.shown.choices}, several=False)
    scores = {id_: content.score(id_) for id_, _ in content.shown.choices}
    told = {id_: as_html(content.told_mistakes(one)) for id_, one in scores.items()}
    _feedback_of_choices(item, told)
    condition, holds = item.condition(goes_on=False)
    _equal(holds, content.key.answer)
    _set_score(condition)
    return item.done()


def _several(
    item: Item, choices: Mapping[str, str], right: set[str], told: Mapping[str, str]
) -> ET.Element:
    """Add choices all of which are to be ticked that are right, and no other."""
    _choices(item, choices, several=True)
    _feedback_of_choices(item, told)
    condition, holds = item.condition(goes_on=False)
    both = ET.SubElement(holds, "and")
    for ident in choices:
        _equal(both if ident in right else ET.SubElement(both, "not"), ident)
    _set_score(condition)
    return item.done()


def _multiple(content: QuestionContent, losses: Losses) -> ET.Element:
    losses.add(LOST["all"], content.place)
    right = {*content.key.answer}
    choices = {id_: line_as_html(text) for id_, text in content.shown.choices}
    told = {
        id_: as_html(content.told_mistakes(content.score([*right, id_])))
        for id_ in choices
        if id_ not in right
    }
    return _several(_begin(content, "multiple_answers_question"), choices, right, told)


def _lines(content: QuestionContent, losses: Losses) -> ET.Element:
    losses.add(LOST["ticked"], content.place)
    losses.add(LOST["all"], content.place)
    right = {*map(str, content.right_lines)}
    choices = {f"line_{number}": html for number, html in content.lines_as_html().items()}
    told = {
        f"line_{number}": as_html(content.told_mistakes(content.score([*right, str(number)])))
        for number in content.lines_as_html()
        if str(number) not in right
    }
    text = as_html(content.shown.text) + listing_as_html(content.numbered_listing)
    item = _begin(content, "multiple_answers_question", text)
    return _several(item, choices, {f"line_{number}" for number in right}, told)


def _matching(content: QuestionContent, losses: Losses) -> ET.Element:
    if content.key.mistakes:
        losses.add(LOST["pairs"], content.place)
    item = _begin(content, "matching_question")
    choices = {id_: as_line(text) for id_, text in content.shown.choices}
    share = Fraction(100, len(content.shown.items))
    for id_, text in content.shown.items:
        respident = f"response_{id_}"
        response = _choices(item, choices, several=False, respident=respident)
        place = ET.Element("material")
        ET.SubElement(place, "mattext", texttype="text/plain").text = xml_text(as_line(text))
        response.insert(0, place)
        condition = ET.SubElement(item.scored(), "respcondition")
        _equal(ET.SubElement(condition, "conditionvar"), content.key.answer[id_], respident)
        _set_score(condition, share, "Add")
    return item.done()


def _field(item: Item, *, decimal: bool = False) -> None:
    response = ET.SubElement(
        item.presentation, "response_str", ident=RESPONSE, rcardinality="Single"
    )
    rendered = ET.SubElement(response, "render_fib", {"fibtype": "Decimal"} if decimal else {})
    ET.SubElement(rendered, "response_label", ident="answer1")


def _texts(item: Item, right: Iterable[str], wrong: Iterable[tuple[list[str], str]]) -> ET.Element:
    """Add a field for a text; ``wrong``: texts, and what is said of them as HTML."""
    _field(item)
    for number, (texts, html) in enumerate(wrong, 1):
        if html:
            condition, holds = item.condition(goes_on=True)
            for text in texts:
                _equal(holds, text)
            item.say(condition, f"wrong_{number}_fb", html)
    condition, holds = item.condition(goes_on=False)
    for text in right:
        _equal(holds, text)
    _set_score(condition)
    return item.done()


def _ordering(content: QuestionContent, losses: Losses) -> ET.Element:
    losses.add(LOST["order"], content.place)
    item = _begin(
        content, "short_answer_question", as_html(content.shown.text) + steps_as_html(content)
    )
    (_, right), *wrong = orders(content)
    told = [(texts, as_html(content.told(content.score(list(order))))) for order, texts in wrong]
    return _texts(item, right, told)


def _numeric(content: QuestionContent, losses: Losses) -> ET.Element:
    losses.add(LOST["numbers"], content.place)
    item = _begin(content, "numerical_question")
    _field(item, decimal=True)
    right, tolerance = to_fraction(content.key.answer), to_fraction(content.key.tolerance or 0)
    condition, holds = item.condition(goes_on=False)
    either = ET.SubElement(holds, "or")
    _equal(either, as_decimal(right))
    between = ET.SubElement(either, "and")
    for name, value in (("vargte", right - tolerance), ("varlte", right + tolerance)):
        ET.SubElement(between, name, respident=RESPONSE).text = as_decimal(value)
    _set_score(condition)
    return item.done()


def _short_text(content: QuestionContent, losses: Losses) -> ET.Element:
    losses.add(LOST["texts"], content.place)
    compare = content.question.compare
    wrong = [
        (spellings(forms, compare, whole=True), as_html(content.mistake(mistake)))
        for mistake, forms in content.key.mistakes.items()
    ]
    right = spellings(content.key.answer, compare, whole=True)
    return _texts(_begin(content, "short_answer_question"), right, wrong)


def _cloze(content: QuestionContent, losses: Losses) -> ET.Element:
    losses.add(LOST["texts"], content.place)
    losses.add(LOST["gaps"], content.place)
    text = as_html(content.text)
    for gap in content.question.gaps:
        text = text.replace(f"{{{{{gap}}}}}", f"[{gap}]")
    item = _begin(content, "fill_in_multiple_blanks_question", text)
    share = Fraction(100, len(content.question.gaps))
    for gap in content.question.gaps:
        respident = f"response_{gap}"
        right = spellings(content.key.answer[gap], content.question.compare)
        choices = {f"{gap}_{number}": one for number, one in enumerate(right, 1)}
        response = ET.SubElement(item.presentation, "response_lid", ident=respident)
        add_material(response, gap, "text/plain")
        rendered = ET.SubElement(response, "render_choice")
        for ident, one in choices.items():
            label = ET.SubElement(rendered, "response_label", ident=ident)
            add_material(label, one, "text/plain")
        condition = ET.SubElement(item.scored(), "respcondition")
        _equal(ET.SubElement(condition, "conditionvar"), next(iter(choices)), respident)
        _set_score(condition, share, "Add")
    return item.done()


def _free_text(content: QuestionContent, losses: Losses) -> ET.Element:
    losses.add(LOST["marked"], content.place)
    item = _begin(content, "essay_question")
    _field(item)
    _, holds = item.condition(goes_on=False)
    ET.SubElement(holds, "other")
    return item.done()
