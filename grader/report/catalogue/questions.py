"""Sentences about answers to questions."""

from __future__ import annotations

from grader.report.catalogue.template import Catalogue, sentences

QUESTIONS: Catalogue = sentences(
    {
        "quiz.unanswered": (
            "This question has no answer yet. Write one after its name in the answer file."
        ),
        "quiz.twice": (
            "{{key}} stands twice in the answer file, the second time in line {{line}}. Keep one "
            "of the two and delete the other."
        ),
        "quiz.wrong": (
            "This answer is not right. Read the question once more and say to yourself why each "
            "part of your answer should hold."
        ),
        "quiz.compare": (
            "Compare your text with the key points below: which of them does it make, and in which "
            "words? A teacher will read it and give the points."
        ),
        "quiz.free_text_long": (
            "Your text has {{length}} characters, and only the first {{most}} will be read. Say "
            "the same in fewer words."
        ),
        "quiz.partly": (
            "Right so far: {{right}} of {{total}}. Go through the others once more, one by one."
        ),
        "quiz.number_unreadable": (
            "“{{text}}” cannot be read as a number. Write one number and nothing else, for "
            "instance 0.25, 1/4 or 2.5e-3."
        ),
        "quiz.number_separators": (
            "“{{text}}” can be read in more than one way. Write a single decimal point or comma, "
            "and nothing between the thousands."
        ),
        "quiz.number_near": (
            "Close, but not close enough. Keep more digits in between, and round only at the end."
        ),
        "quiz.choice_unknown": ("“{{text}}” is none of the choices. Choose from: {{choices}}."),
        "quiz.choices_many": (
            "Only one choice belongs here, and you gave several. Decide which one fits best."
        ),
        "quiz.item_unanswered": "{{item}} has no answer yet. Write the choice that belongs to it.",
        "quiz.item_unknown": (
            "{{item}} is not among the items of this question. Check how it is spelt in the task."
        ),
        "quiz.gap_unanswered": "Gap {{gap}} is empty. Write what belongs there after its name.",
        "quiz.gap_unknown": (
            "“{{gap}}” is no gap of this question. Its gaps are {{gaps}}: check how the name is "
            "spelt."
        ),
        "quiz.gap_wrong": (
            "Gap {{gap}} is not right yet. Read the whole again with your answer in its place, and "
            "ask whether it still holds."
        ),
        "quiz.gap_many": (
            "Gap {{gap}} takes one answer, and you gave several. Decide which one fits best."
        ),
        "quiz.texts_many": (
            "Only one answer belongs here, and you gave several. Decide which one fits best."
        ),
        "quiz.text_long": (
            "“{{text}}” is longer than {{limit}} characters. A few words, or one line of code, are "
            "asked for."
        ),
        "quiz.order_swapped": (
            "Nearly: two neighbouring steps are swapped. For each pair of neighbours, ask which "
            "one needs the result of the other."
        ),
        "quiz.order_incomplete": (
            "Your order does not name every step exactly once. Compare your list with the steps "
            "in the question."
        ),
        "quiz.line_unknown": (
            "“{{text}}” is no line of the listing. Give the number of a line, or copy the line as "
            "it stands."
        ),
        "quiz.line_range": (
            "There is no line {{line}}: the listing goes from line 1 to line {{last}}. Count the "
            "lines once more."
        ),
        "quiz.not_list": (
            "This question asks for a list. Write the parts between square brackets, with commas "
            "between them, for instance `[a, b]`."
        ),
        "quiz.not_mapping": (
            "This question asks for one choice for each item. Under its name, write each item on a "
            "line of its own: the item, a colon, a space and your choice."
        ),
        "quiz.not_gaps": (
            "This question has gaps. Under its name, write each gap on a line of its own: the "
            "gap's name, a colon, a space and what belongs there."
        ),
        "quiz.unknown_question": (
            "“{{id}}” is not the name of a question in this exercise, so that answer was not read. "
            "Check how the name is spelt."
        ),
        "quiz.unknown_question_near": (
            "“{{id}}” is not the name of a question in this exercise, so that answer was not read. "
            "Did you mean {{found}}? Then correct the name."
        ),
    }
)
