"""``grader watch``."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import sys
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from grader.cli.completing import exercises as offered
from grader.cli.options import LocalisedUsageError, device_option, grader_command, isolation_option
from grader.course.devices import ONE
from grader.course.errors import UnknownExerciseError
from grader.course.languages import msgid
from grader.course.phrases import phrase
from grader.course.system_errors import reason
from grader.wire.levels import LOWEST, Level

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from grader.cli.context import Context
    from grader.cli.watch_screen import JsonScreen, PaintedScreen, PlainScreen
    from grader.course.devices import One
    from grader.course.loading import LoadedExercise
    from grader.watch.saves import AnswerNames, Signature
    from grader.watch.session import Session

CANNOT_WATCH, FAULT = 2, 3  # exit codes


@dataclass(frozen=True)
class Place:
    """The folder that is watched, the exercise that comes first, and its file if it was named.

    ``answers``: the answers in the folder, before anything is printed.
    """

    folder: Path
    first: LoadedExercise
    file: str | None = None
    answers: Mapping[str, Signature] = field(default_factory=dict)


@grader_command(
    msgid(
        "Watch this folder: each time you save an answer, its verdict is here, and after a pass "
        "comes the next exercise. EXERCISE is the one to begin with, or a file."
    )
)
@click.argument("exercise", required=False, shell_complete=offered)
@device_option(ONE)
@isolation_option(LOWEST)
def command(context: Context, exercise: str | None, device: One, require_isolation: Level) -> int:
    """Watch until the end; return the exit code."""
    from grader.cli.standings import standings  # noqa: PLC0415 - see the table in main
    from grader.watch.saves import AnswerNames  # noqa: PLC0415
    from grader.watch.session import Session  # noqa: PLC0415
    from grader.watch.warm import WarmJudges  # noqa: PLC0415

    named = _named(context, exercise)
    folder = Path.cwd() if named is None else named.folder
    context.follow(folder)
    known = standings(context, folder)
    following = known.following(context) or context.course.names[0]
    place = named or Place(folder, context.course.exercise(following))
    course = context.course.exercises()
    extra = {} if place.file is None else {place.file: place.first}
    names = AnswerNames(course, extra)
    answers = names.signatures(place.folder)
    if exercise is None and not answers:
        raise LocalisedUsageError(
            context.t(
                "There is no answer in {{folder}} to watch. Make files to start from, and go "
                "there: grader init my-course",
                folder=place.folder,
            )
        )
    place = replace(place, answers=answers)
    screen = _screen(context, place.folder)
    solved = [id_ for id_, state in known.known.items() if state.solved]

    async def watch() -> int:
        judges = WarmJudges(device, require_isolation)
        session = Session(place.folder, course, names, judges, screen, solved)
        return await _watch(context, session, names, screen, place)

    return asyncio.run(watch())


def _named(context: Context, asked: str | None) -> Place | None:
    """Return the place of an exercise, or of a file, that was named; None if none was.

    Raises:
        UnknownExerciseError: there is no such exercise.
        LocalisedUsageError: a file does not tell which exercise it answers.

    """
    if asked is None:
        return None
    try:
        return Place(Path.cwd(), context.course.exercise(asked))
    except UnknownExerciseError:
        path = Path(asked)
        if not path.is_file():
            raise
    from grader.batch.intake.single_file import exercises_of  # noqa: PLC0415 - where a file is named

    may = exercises_of(path, context.course)
    if len(may) != 1:
        message = context.t("{{file}} does not tell which exercise it answers.", file=path)
        raise LocalisedUsageError(message)
    return Place(path.parent.resolve(), context.course.exercise(may[0]), path.name)


def _screen(context: Context, folder: Path) -> PaintedScreen | PlainScreen | JsonScreen:
    from grader.cli.watch_screen import JsonScreen, PaintedScreen, PlainScreen  # noqa: PLC0415

    if context.json:
        return JsonScreen(context, folder)
    painted = context.fancy and os.isatty(_input())
    return PaintedScreen(context, folder) if painted else PlainScreen(context, folder)


def _input() -> int:
    """Return the descriptor of the input, which may be closed: then that of an empty one."""
    return 0 if sys.stdin is not None else os.open(os.devnull, os.O_RDONLY)


async def _watch(
    context: Context,
    session: Session,
    names: AnswerNames,
    screen: PaintedScreen | PlainScreen | JsonScreen,
    place: Place,
) -> int:
    """Run a session with everything that reports to it: the folder, the keys, the signals."""
    from grader.cli.keys import Keyboard  # noqa: PLC0415 - see the table in main
    from grader.cli.watch_screen import PaintedScreen  # noqa: PLC0415
    from grader.watch.folder import follow  # noqa: PLC0415
    from grader.watch.session import Stopped  # noqa: PLC0415

    events = session.events
    single = isinstance(screen, PaintedScreen)
    keyboard = Keyboard(_input(), events, context.t, screen.unknown, single=single)

    def stop(number: int) -> None:
        events.put_nowait(Stopped(128 + number))  # as shells report it

    def come_back() -> None:
        keyboard.attach()
        screen.repaint()

    def failed(done: asyncio.Task[None]) -> None:
        error = None if done.cancelled() else done.exception()
        if isinstance(error, OSError):
            told = phrase(
                "The folder {{folder}} cannot be watched: {{reason}}.",
                folder=str(place.folder),
                reason=reason(error),
            )
            events.put_nowait(Stopped(CANNOT_WATCH, told))
        elif error is not None:
            events.put_nowait(Stopped(FAULT))

    stops = {number: lambda number=number: stop(number) for number in _ENDING}
    others = {signal.SIGWINCH: screen.repaint, signal.SIGCONT: come_back}
    following = asyncio.create_task(follow(place.folder, names, place.answers, events))
    following.add_done_callback(failed)
    with _handled({**stops, **others}):  # to the end: Ctrl-C may be pressed twice
        try:
            with keyboard:
                code = await session.run(place.first, place.file)
        finally:
            await session.close()
            following.cancel()
            (ended,) = await asyncio.gather(following, return_exceptions=True)
    if code == FAULT and isinstance(ended, Exception):
        raise ended
    return code


_ENDING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


@contextlib.contextmanager
def _handled(handlers: dict[signal.Signals, Callable[[], None]]) -> Iterator[None]:
    """Handle signals in the loop; one that is ignored, as under nohup, is ignored further on."""
    loop = asyncio.get_running_loop()
    wanted = [one for one in handlers if signal.getsignal(one) != signal.SIG_IGN]
    for one in wanted:
        loop.add_signal_handler(one, handlers[one])
    try:
        yield
    finally:
        for one in wanted:
            loop.remove_signal_handler(one)
