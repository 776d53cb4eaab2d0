"""The answer file of a quiz as the state of its questions: read anew and written at each answer."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from grader.asking.outdated import changed_questions
from grader.asking.yaml_edit import NotEditableError, has_question, with_answer
from grader.asking.yaml_value import same
from grader.course.atomic_file import replace_file, require_replaceable
from grader.course.starter_files import question_block
from grader.course.unreadable import UnreadableSubmissionError
from grader.course.workspace import unused_old_name
from grader.errors import GraderError
from grader.questions.answers import Answers, is_blank, read_answers, unknown_questions

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from grader.asking.manner import AskedQuestion
    from grader.course.loading import LoadedExercise
    from grader.questions.answers import Answer
    from grader.questions.plain_yaml import Node

# Faults of what a file holds; any other one is that of a file that cannot be reached.
_OF_CONTENTS = (
    *("read.empty", "read.encoding", "read.encoding_unknown", "read.null", "read.control"),
    *("read.too_large", "read.yaml", "read.yaml_alias", "read.yaml_not_mapping"),
)


@dataclass(frozen=True)
class Renewed:
    """What was done to a file that could not be continued.

    ``kept``: where the old one is now; ``carried``: the questions whose answers were taken over;
    ``changed``: those that are asked in other words now; ``unknown``: names that are no questions.
    """

    kept: Path | None
    carried: tuple[str, ...]
    changed: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()


class AnswersNotWrittenError(GraderError):
    """Answers cannot be written: ``cause`` is the error of the system."""

    def __init__(self, cause: OSError) -> None:
        super().__init__(str(cause))
        self.cause = cause


class AnswerFile:
    """An answer file; ``read`` returns its text as the grader reads it.

    ``starter``: the text with which a file of this exercise begins.

    Raises:
        UnreadableSubmissionError: by each method, if there is no file that can be read.
        AnswersNotWrittenError: by those that write; what was there is there still.

    """

    def __init__(
        self,
        path: Path,
        questions: Iterable[AskedQuestion],
        starter: str,
        read: Callable[[Path], str],
    ) -> None:
        self.path = path
        self._questions = {asked.question.id: asked for asked in questions}
        self._starter = starter
        self._read = read

    def answers(self) -> Answers:
        """Return the present answers; none if the file cannot be parsed."""
        try:
            return self._answers(self._read(self.path))
        except UnreadableSubmissionError as error:
            if error.id in _OF_CONTENTS:
                return Answers({})
            raise

    def put(self, question: str, node: Node, lang: str, part: str = "") -> Renewed | None:
        """Write an answer to a question; ``part``: the item or gap that alone has changed.

        What the file holds now is the base: it may have been edited meanwhile. If an answer cannot
        be replaced alone there, the file is begun anew.
        """
        try:
            self._write(self._text_with(question, node, lang, part))
        except (NotEditableError, UnreadableSubmissionError) as error:
            if isinstance(error, UnreadableSubmissionError) and error.id not in _OF_CONTENTS:
                raise
            return self._begun_anew({**self._usable(self.answers()), question: node})
        return None

    def renew(self, loaded: LoadedExercise) -> Renewed | None:
        """Begin the file anew if it cannot be continued, with the answers that still hold.

        The old one is kept beside it, unless it is empty. None: nothing was to be done.
        """
        with _writing():
            require_replaceable(self.path)
        try:
            text = self._read(self.path)
            answers = self._answers(text)
        except UnreadableSubmissionError as error:
            if error.id not in _OF_CONTENTS:
                raise
            return self._begun_anew({})
        changed = tuple(
            id_ for id_ in changed_questions(text, loaded) if _says_something(answers.get(id_))
        )
        questions = [asked.question for asked in self._questions.values()]
        unknown = tuple(name for name, _ in unknown_questions(answers, questions))
        named = [id_ for id_ in self._questions if answers.get(id_) is not None]
        stuck = not all(has_question(text, id_) for id_ in named)
        if not (changed or unknown or answers.damaged or answers.before or stuck):
            return None
        carried = {id_: node for id_, node in self._usable(answers).items() if id_ not in changed}
        return self._begun_anew(carried, changed, unknown)

    def _text_with(self, question: str, node: Node, lang: str, part: str) -> str:
        """Return the text of the file with another answer.

        Raises:
            NotEditableError: the others, or this one, would read back differently.

        """
        text = self._read(self.path)
        if not has_question(text, question):
            block = question_block(self._questions[question].shown, lang)
            text = f"{text.rstrip()}\n\n{block}\n"
        changed = with_answer(text, question, node, part)
        before, after = self._answers(text), self._answers(changed)
        others = (id_ for id_ in self._questions if id_ != question)
        if not all(same(after.get(id_), before.get(id_)) for id_ in others):
            raise NotEditableError(f"an answer beside {question} would change")
        if not same(after.get(question), node):
            raise NotEditableError(f"{question} does not read back")
        return changed

    def _usable(self, answers: Answers) -> dict[str, Node]:
        """Return the answers of which each is the only one to its question, and whole."""
        given = {id_: answers.get(id_) for id_ in self._questions}
        unclear = {*answers.twice, *answers.damaged}
        return {
            id_: node
            for id_, node in given.items()
            if node is not None and _says_something(node) and id_ not in unclear
        }

    def _begun_anew(
        self,
        carried: dict[str, Node],
        changed: tuple[str, ...] = (),
        unknown: tuple[str, ...] = (),
    ) -> Renewed:
        text = self._starter
        for id_, node in carried.items():
            text = with_answer(text, id_, node)
        kept = None
        with _writing():
            old = self.path.read_bytes()
            if old.strip():
                kept = unused_old_name(self.path)
                with kept.open("xb") as file:
                    file.write(old)
        self._write(text)
        return Renewed(kept, tuple(carried), changed, unknown)

    def _answers(self, text: str) -> Answers:
        return read_answers(text, self.path.name, self._questions)

    def _write(self, text: str) -> None:
        data = text.encode()
        with _writing():
            if b"\r\n" in self.path.read_bytes():
                data = data.replace(b"\n", b"\r\n")
            replace_file(self.path, data)


def _says_something(answer: Answer) -> bool:
    """Return whether an answer is not empty; one with parts is where all of them are."""
    if isinstance(answer, dict):
        return not all(map(is_blank, answer.values()))
    return not is_blank(answer)


@contextmanager
def _writing() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise AnswersNotWrittenError(error) from error
