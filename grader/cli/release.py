"""``grader release``."""

from __future__ import annotations

import shlex
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import click

from grader.cli.completing import exercises as complete
from grader.cli.kits import MADE_ALREADY, refuse_in_kit
from grader.cli.options import PLACE, LocalisedUsageError, grader_command, writing
from grader.course.languages import msgid
from grader.course.phrases import in_a_row, joined, phrase, phrases

if TYPE_CHECKING:
    from collections.abc import Iterator

    from grader.cli.context import Context
    from grader.course.loading import Course
    from grader.course.phrases import Phrase
    from grader.release.kit import ExerciseKit
    from grader.release.proof import Difference

NOT_PROVED = 1


@grader_command(
    msgid(
        "Make the students' kit of a course in a new folder: what is asked and the displayed "
        "checks, with sealed results in the place of answers, keys and hidden checks."
    )
)
@click.argument("folder", type=PLACE)
@click.argument("exercises", nargs=-1, shell_complete=complete)
def command(context: Context, folder: Path, exercises: tuple[str, ...]) -> int:
    """Record, seal, prove, and only then write; 1 where the kit judges otherwise than the course.

    Exercises of which nothing can be in the kit are reported, and left out.
    """
    from grader.course.loading import Course  # noqa: PLC0415 - help needs none of it
    from grader.release.kit import exercise_kit, whole_kit, write  # noqa: PLC0415

    refuse_in_kit(context, MADE_ALREADY)
    _refuse_used(context, folder)
    course = context.course
    asked = {course.exercise(name).name for name in exercises}
    kits: list[ExerciseKit] = []
    found: dict[str, list[Difference]] = {}
    for name in [one for one in course.names if not asked or one in asked]:
        kits.append(exercise_kit(course.exercise(name)))
        if not context.json:
            _show(context, kits[-1])
    files = whole_kit(course, kits)
    with TemporaryDirectory(prefix="grader-release-", ignore_cleanup_errors=True) as scratch:
        write(files, Path(scratch))
        found = _differences(course, Course(Path(scratch)), kits)
    if not found:
        with writing(folder, context.t):
            write(files, folder)
    _sum_up(context, folder, kits, found)
    return NOT_PROVED if found else 0


def _refuse_used(context: Context, folder: Path) -> None:
    """Raise LocalisedUsageError if there is anything in the folder."""
    with writing(folder, context.t):
        if folder.is_dir() and not any(folder.iterdir()):
            return
        if folder.exists():
            raise LocalisedUsageError(
                context.t("{{path}} is in use: name a new folder for the kit.", path=folder)
            )


def _differences(
    course: Course, kit: Course, kits: list[ExerciseKit]
) -> dict[str, list[Difference]]:
    from grader.release.proof import proved  # noqa: PLC0415 - see above

    every = {
        one.name: proved(course.exercise(one.name), kit.exercise(one.name), one)
        for one in kits
        if not one.is_empty
    }
    return {name: differences for name, differences in every.items() if differences}


def _told(kit: ExerciseKit) -> Iterator[Phrase]:
    """Yield the parts of an exercise that are in the kit, and those that are not."""
    if kit.missing:
        yield phrase("left out, since this is not here: {{what}}", what=", ".join(kit.missing))
        return
    if kit.is_empty:
        yield phrase("left out, since no check of it can be sealed")
        return
    yield phrase("sealed")
    if kit.hidden:
        yield phrases(
            "{{n}} hidden check left out", "{{n}} hidden checks left out", len(kit.hidden)
        )
    for name in kit.open:
        yield phrase("{{check}} left out: what is right there depends on the answer", check=name)
    for device in kit.lacking:
        yield phrase("not for `{{device}}`, which this machine lacks", device=device)


def _show(context: Context, kit: ExerciseKit) -> None:
    t = context.t
    told = in_a_row((one.localised(t) for one in _told(kit)), t)
    context.echo(joined(t, kit.name, told))


def _sum_up(
    context: Context,
    folder: Path,
    kits: list[ExerciseKit],
    found: dict[str, list[Difference]],
) -> None:
    t = context.t
    if context.json:
        context.echo_json(
            {
                "folder": None if found else str(folder),
                "exercises": [_data(context, one, found.get(one.name, [])) for one in kits],
            }
        )
        return
    for name, differences in found.items():
        for one in differences:
            context.echo(
                t(
                    "{{exercise}}: {{check}} ends otherwise for {{answer}}: {{there}} in the "
                    "course, {{here}} in the kit",
                    exercise=name,
                    check=one.check,
                    answer=one.answer,
                    there=one.there or "-",
                    here=one.here,
                )
            )
    context.echo()
    if found:
        context.echo(t("No kit was written, since it would judge otherwise than the course."))
        return
    context.echo(
        t(
            "The kit is in {{folder}}. It judged each answer of the course's own as the course "
            "does. Students grade with it like this:",
            folder=folder,
        )
    )
    first = next((one.name.partition("_")[0] for one in kits if not one.is_empty), "")
    context.echo(f"  grade {first} --course {shlex.quote(str(folder))}")


def _data(context: Context, kit: ExerciseKit, differences: list[Difference]) -> dict[str, object]:
    return {
        "exercise": kit.name,
        "in_kit": not kit.is_empty,
        "hidden": list(kit.hidden),
        "open": list(kit.open),
        "devices": list(kit.devices),
        "lacking": list(kit.lacking),
        "missing": list(kit.missing),
        "told": [one.localised(context.t) for one in _told(kit)],
        "differences": [vars(one) for one in differences],
    }
