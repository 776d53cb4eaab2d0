"""``grader gradebook`` and its commands."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from grader.cli.class_option import class_option, ruled_grades
from grader.cli.gradebook_options import (
    Group,
    by_option,
    gradebook_option,
    open_store,
    points_text,
    print_lines,
    reason_option,
    user,
    with_store,
)
from grader.cli.gradebook_regrade import regrade
from grader.cli.gradebook_undo import batches, merge, remove, removed, restore
from grader.cli.options import (
    PLACE,
    LocalisedUsageError,
    common_options,
    grader_command,
    writing,
)
from grader.course.languages import msgid
from grader.gradebook.unreachable_points import START, UNREACHABLE, Unreachable

if TYPE_CHECKING:
    from collections.abc import Iterable
    from decimal import Decimal

    from grader.classroom.students import StudentsRules
    from grader.cli.context import Context
    from grader.course.languages import Translator
    from grader.gradebook.policy import Grade, Policy
    from grader.gradebook.store import Store
    from grader.gradebook.view import Line

AUTO = "auto"
POLICIES = {
    "latest": msgid("The latest attempt counts (latest)."),
    "best": msgid("The best attempt counts (best)."),
}

ENTERED: dict[Unreachable, str] = {
    "scaled": msgid("Points are entered in proportion to those in reach (scaled)."),
    "raw": msgid("Points are entered as they are, whatever was in reach (raw)."),
    "held-back": msgid("Grades are held back where not all points were in reach (held-back)."),
}


@click.group(
    cls=Group,
    help=msgid("See, export, mark, correct and regrade what a class has handed in."),
    invoke_without_command=True,
)
@common_options
@click.pass_context
def command(ctx: click.Context) -> None:
    """Show help where no command was named."""
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())


_wide = click.option(
    "--wide", is_flag=True, help=msgid("a row for each student, a column for each exercise")
)


@grader_command(msgid("Show the grade of every student for every exercise."))
@with_store()
@class_option
@_wide
def show(context: Context, store: Store, class_file: Path | None, wide: bool) -> None:
    """Print what counts."""
    from grader.gradebook.view import Line, grade_data  # noqa: PLC0415

    grades, rules = ruled_grades(context, store, class_file)
    if context.json:
        context.echo_json([grade_data(grade) for grade in grades])
    elif grades:
        print_lines(context, _shown(context, grades, wide=wide))
        if rules is not None:
            print_lines(context, map(Line, _remarks(grades, rules, context.t)))
    else:
        context.echo(context.t("The gradebook {{where}} is empty.", where=store.where))


def _shown(context: Context, grades: list[Grade], *, wide: bool) -> Iterable[Line]:
    from grader.gradebook.view import grade_lines  # noqa: PLC0415
    from grader.gradebook.view_wide import spoken_lines, wide_lines  # noqa: PLC0415

    if not wide:
        return grade_lines(grades, context.t)
    if context.plain:
        return spoken_lines(grades, context.t)
    return wide_lines(grades, context.t, context.width)


def _remarks(grades: list[Grade], rules: StudentsRules, t: Translator) -> Iterable[str]:
    """Return the sentences about the rules of the class; a team's attempts count once."""
    from grader.classroom.texts import remarks  # noqa: PLC0415

    tries = {
        (grade.exercise, one.made): one
        for grade in grades
        for one in ([] if grade.decision is None else grade.decision.tries)
    }
    return remarks(tries.values(), rules, t)


@grader_command(msgid("Write the grades as CSV, safe to open in a spreadsheet."))
@with_store()
@class_option
@_wide
@click.option("--out", type=PLACE, metavar="FILE", help=msgid("write to this file"))
@click.option("--bom", is_flag=True, help=msgid("begin with the mark by which Excel knows UTF-8"))
def csv(
    context: Context, store: Store, class_file: Path | None, wide: bool, out: Path | None, bom: bool
) -> None:
    """Print or write the sheet."""
    from grader.gradebook.sheet import sheet  # noqa: PLC0415
    from grader.gradebook.totals import wide_sheet  # noqa: PLC0415

    grades, rules = ruled_grades(context, store, class_file)
    ruled = rules is not None
    data = wide_sheet(grades, ruled=ruled, bom=bom) if wide else sheet(grades, bom=bom)
    for sentence in () if rules is None else _remarks(grades, rules, context.t):
        click.echo(sentence, err=True)
    if out is None:
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        return
    with writing(out, context.t):
        out.write_bytes(data)


@grader_command(msgid("Write a page about the class: distribution, checks, mistakes, lateness."))
@with_store()
@class_option
@click.option(
    "--out",
    type=PLACE,
    default="class.html",
    metavar="FILE",
    help=msgid("write to this file; class.html if not given"),
)
def page(context: Context, store: Store, class_file: Path | None, out: Path) -> None:
    """Write the page, and what the rules of the class could not decide."""
    from grader.cli.class_page import write_class_page  # noqa: PLC0415
    from grader.cli.page import require_pages  # noqa: PLC0415
    from grader.gradebook.class_page import answers  # noqa: PLC0415

    require_pages(context)
    grades, rules = ruled_grades(context, store, class_file)
    for sentence in () if rules is None else _remarks(grades, rules, context.t):
        click.echo(sentence, err=True)
    found = list(answers(store, grades, context.course, context.lang))
    write_class_page(context, Path(out), found, {})


@grader_command(msgid("Show all that a student handed in, and every decision on it."))
@click.argument("student")
@with_store()
@class_option
def history(context: Context, store: Store, student: str, class_file: Path | None) -> None:
    """Print attempts, changes and marks."""
    from grader.gradebook.class_rules import ruled_attempts  # noqa: PLC0415
    from grader.gradebook.view import history_data, history_lines  # noqa: PLC0415
    from grader.gradebook.view_undo import removal_line  # noqa: PLC0415

    found = store.history(student)
    if context.json:
        context.echo_json(history_data(found))
    else:
        grades, _ = ruled_grades(context, store, class_file)
        ruled = ruled_attempts(found.attempts, grades)
        print_lines(context, history_lines(found, context.t, ruled))
        print_lines(context, (removal_line(one, context.t) for one in found.removals))


@grader_command(
    msgid("Put a mark of your own on an exercise; it survives regrading. POINTS auto takes it off.")
)
@click.argument("student")
@click.argument("exercise")
@click.argument("points")
@with_store()
@reason_option
@by_option
@click.option(
    "--bonus", is_flag=True, help=msgid("the points may exceed what the exercise is worth")
)
def mark(
    context: Context,
    store: Store,
    student: str,
    exercise: str,
    points: str,
    reason: str,
    by: str | None,
    bonus: bool,
) -> None:
    """Keep the mark and show what counts now."""
    from grader.gradebook.view import grade_data, grade_lines  # noqa: PLC0415

    found = store.student(student)
    name, maximum = points_text(context, store, exercise)
    wanted = None if points == AUTO else _points(points, context)
    store.mark(found.id, name, wanted, reason, by or user(), maximum, bonus=bonus)
    grade = store.grade(found.id, name)
    if context.json:
        context.echo_json(grade_data(grade))
    else:
        print_lines(context, grade_lines([grade], context.t))


def _points(text: str, context: Context) -> Decimal:
    from grader.gradebook.key_points import amount_of  # noqa: PLC0415

    points = amount_of(text)
    if points is None:
        raise LocalisedUsageError(
            context.t("{{text}} is no number of points, nor auto.", text=text)
        )
    return points


@grader_command(msgid("Walk through what needs a teacher's eye; a list where nobody can be asked."))
@with_store()
@by_option
def review(context: Context, store: Store, by: str | None) -> None:
    """Ask about each, or print them."""
    from grader.gradebook.view import open_data, open_line  # noqa: PLC0415

    items = store.needs_review()
    if context.json:
        context.echo_json([open_data(item) for item in items])
    elif not items:
        context.echo(context.t("Nothing needs review."))
    elif sys.stdin.isatty() and sys.stdout.isatty():
        from grader.cli.gradebook_review import review_interactively  # noqa: PLC0415

        review_interactively(context, store, items, by or user())
    else:
        print_lines(context, (open_line(item, context.t) for item in items))


@grader_command(msgid("Say which attempt counts, or decide it: the latest or the best."))
@click.argument("policy", required=False, type=click.Choice(["latest", "best"]), metavar="POLICY")
@gradebook_option
def policy(context: Context, gradebook: str, policy: Policy | None) -> None:
    """Keep the policy if one is named, and print it. Only a decision makes a gradebook."""
    with open_store(context, gradebook, create=policy is not None) as store:
        if policy is not None:
            store.set_policy(policy)
        found = store.policy
    if context.json:
        context.echo_json({"policy": found})
    else:
        context.echo(context.t(POLICIES[found]))


@grader_command(
    msgid(
        "Say how points are entered where others need another device, or decide it: scaled, raw, "
        "held-back."
    )
)
@click.argument("choice", required=False, type=click.Choice(UNREACHABLE), metavar="HOW")
@gradebook_option
def unreachable(context: Context, gradebook: str, choice: Unreachable | None) -> None:
    """Keep the choice if one is made, and print it. Only a decision makes a gradebook."""
    with open_store(context, gradebook, create=choice is not None) as store:
        if choice is not None:
            store.set_unreachable(choice)
        found = store.unreachable or START
    if context.json:
        context.echo_json({"unreachable": found})
    else:
        context.echo(context.t(ENTERED[found]))


_COMMANDS = (show, csv, page, history, mark, review, policy, unreachable, regrade)
for _command in (*_COMMANDS, batches, remove, merge, removed, restore):
    command.add_command(_command)
