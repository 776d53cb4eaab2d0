"""What the pages say, by the names that templates use."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.course.languages import msgid

if TYPE_CHECKING:
    from collections.abc import Callable

    from grader.course.languages import Translator

WORDS = {
    "skip": msgid("To the content"),
    "languages": msgid("Languages"),
    "course": msgid("Exercises"),
    "task": msgid("The task"),
    "functions": msgid("Write these functions"),
    "checks": msgid("Checks"),
    "hints": msgid("Hints"),
    "hint": msgid("Hint {{number}} of {{total}}"),
    "next_hint": msgid("Show hint {{number}} of {{total}}"),
    "questions": msgid("Questions"),
    "question": msgid("Question {{number}}"),
    "no_choice": msgid("no choice yet"),
    "no_place": msgid("no place yet"),
    "place_of": msgid("Place of: {{option}}"),
    "answer": msgid("Your answer"),
    "answer_text": msgid("Your text"),
    "send": msgid("Save and grade"),
    "grade": msgid("Grade now"),
    "begin": msgid("Write the file to start from"),
    "no_file": msgid("There is no answer to {{exercise}} in this folder yet."),
    "watched": msgid(
        "Write your answer in {{file}}, in your editor. Each time you save it, the verdict appears "
        "here."
    ),
    "edited": msgid("Write your answer here. It is saved in {{file}}."),
    "source": msgid("The text of {{file}}"),
    "verdict": msgid("Verdict"),
    "none_yet": msgid("Not graded yet."),
    "judging": msgid("Being graded …"),
    "lost": msgid(
        "The connection to `grader serve` has ended. Start it again, and open the address that it "
        "prints."
    ),
    "back": msgid("The exercise before: {{title}}"),
    "on": msgid("The next exercise: {{title}}"),
    "neighbours": msgid("The exercises before and after"),
    "revised": msgid("(The translation of this text is being revised: here is the English.)"),
    "mend": msgid("Not saved: {{problem}}"),
    "unsaved": msgid("Some answers are not saved yet: see what is said at them."),
    "not_found": msgid("There is no such page"),
    "broken": msgid("This page could not be made"),
}


def speaker(t: Translator) -> Callable[..., str]:
    """Return the function with which templates speak: ``say("hint", number=1, total=3)``."""

    def say(name: str, **args: object) -> str:
        return t(WORDS[name], **args)

    return say
