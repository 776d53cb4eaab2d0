"""What passes between the course of a quiz and the terminal on which it is asked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, Protocol

if TYPE_CHECKING:
    from grader.asking.step import Step, Value


@dataclass(frozen=True)
class Prompt:
    """A step to ask.

    ``text``: Markdown above it; ``whole``: with what the prompt before has said. ``given``: the
    value so far, empty if there is none. ``problem`` returns why a value cannot be kept, None if it
    can. ``draft`` is an unfinished text, and ``keep_draft`` gets each later one.
    ``asks_for_way``: no question, but how to go on; ``given`` is what is chosen if nothing else is.
    """

    text: str
    step: Step
    given: Value = ()
    problem: Callable[[Value], str | None] = lambda _value: None
    draft: str = ""
    keep_draft: Callable[[str], None] = field(default=lambda _text: None)
    asks_for_way: bool = False
    whole: str = ""


@dataclass(frozen=True)
class Reply:
    """What was done at a prompt: a value that can be kept, if any, and the way from here.

    ``ended``: there is no more input, rather than a wish to stop.
    """

    way: Literal["on", "back", "stop"]
    value: Value | None = None
    ended: bool = False


class Front(Protocol):
    """A terminal on which steps are asked."""

    def ask(self, prompt: Prompt) -> Reply:
        """Ask one step."""

    def say(self, text: str) -> None:
        """Show a text, as Markdown."""
