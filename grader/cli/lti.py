"""``grader lti`` and its commands."""

from __future__ import annotations

import importlib.util
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from grader.cli.errors import FAULT
from grader.cli.gradebook_options import Group
from grader.cli.options import PLACE, LocalisedUsageError, common_options, grader_command
from grader.course.languages import msgid

if TYPE_CHECKING:
    from collections.abc import Iterator

    from grader.cli.context import Context
    from grader.lti.configuration import Platform
    from grader.lti.push import Pushed
    from grader.lti.scores import NotSent, Score
    from grader.lti.service import Service

JOURNAL = "lti-journal.jsonl"
SOME_REFUSED = 1


@click.group(
    cls=Group,
    help=msgid("Send scores to a learning platform by LTI 1.3 Advantage, and read its class."),
    invoke_without_command=True,
)
@common_options
@click.pass_context
def command(ctx: click.Context) -> None:
    """Print help if no command is given."""
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())


@grader_command(
    msgid(
        "Send the grades of a grades.csv to the platform that a file names, each with a comment. "
        "What was sent before is not sent again, until it changes."
    )
)
@click.argument("platform", type=PLACE)
@click.argument("grades", type=PLACE)
@click.option("--dry-run", is_flag=True, help=msgid("send nothing, and tell what would be sent"))
def push_scores(context: Context, platform: Path, grades: Path, *, dry_run: bool) -> int:
    """Read, address, send, tell; 1 where the platform refused some, 3 where it refuses all."""
    from grader.lti.push import Pushed, addressed, push  # noqa: PLC0415 - help needs none of it

    named, service = _open(context, platform)
    pushed = Pushed()
    with _errors(context, pushed):
        from grader.lti.grades_file import read_scores  # noqa: PLC0415
        from grader.lti.journal import Journal  # noqa: PLC0415
        from grader.lti.scores import members_by  # noqa: PLC0415

        scores = read_scores(grades, context.course, context.t)
        users = None
        if named.members_url is not None:
            users = members_by(named.match, service.members())
        found = addressed(scores, named.items, users, pushed)
        journal = Journal(grades.parent / JOURNAL)
        if dry_run:
            for one in found:
                there = journal.holds(one.item, one.user, one.score)
                (pushed.kept if there else pushed.sent).append(one.score)
        else:
            push(found, service, journal, pushed)
    _tell(context, pushed, dry_run=dry_run)
    return SOME_REFUSED if pushed.refused else 0


@grader_command(msgid("List the members of the course on the platform that a file names."))
@click.argument("platform", type=PLACE)
def people(context: Context, platform: Path) -> None:
    """Print user id, name, e-mail and roles of each member."""
    named, service = _open(context, platform)
    if named.members_url is None:
        raise LocalisedUsageError(context.t("{{file}} names no members_url.", file=platform))
    with _errors(context):
        members = list(service.members())
    if context.json:
        context.echo_json(members)
        return
    from grader.report.clean import clean  # noqa: PLC0415

    for one in members:
        roles = [str(role).rpartition("#")[2] for role in one.get("roles") or ()]
        parts = (one.get("user_id"), one.get("name"), one.get("email"), ", ".join(roles))
        context.echo(clean("; ".join(str(part) for part in parts if part)))


def _open(context: Context, file: Path) -> tuple[Platform, Service]:
    """Return the platform that a file names, and its services; nothing is asked of it yet."""
    if importlib.util.find_spec("pylti1p3") is None:
        raise LocalisedUsageError(
            context.t(
                "LTI needs PyLTI1p3, which is not installed: {{command}}",
                command="pip install 'nn-grader[lti]'",
            )
        )
    from grader.lti.configuration import read_key, read_platform  # noqa: PLC0415
    from grader.lti.service import Service  # noqa: PLC0415

    with _errors(context):
        platform = read_platform(file)
        return platform, Service(platform, read_key(platform.private_key))


@contextmanager
def _errors(context: Context, pushed: Pushed | None = None) -> Iterator[None]:
    """Turn errors into sentences; scores that were sent before one are reported as well."""
    from grader.lti.errors import ConfigurationError, PlatformError  # noqa: PLC0415

    try:
        yield
    except ConfigurationError as error:
        raise LocalisedUsageError(error.sentence.localised(context.t)) from None
    except PlatformError as error:
        if pushed is not None:
            _tell(context, pushed, dry_run=False)
        context.note(error.sentence)
        raise click.exceptions.Exit(FAULT) from None


def _tell(context: Context, pushed: Pushed, *, dry_run: bool) -> None:
    """Print what was sent, what was there, what was not sent and why."""
    t = context.t
    if context.json:
        context.echo_json(
            {
                "dry_run": dry_run,
                "sent": [_score(one) for one in pushed.sent],
                "there": [_score(one) for one in pushed.kept],
                "not_sent": [_unsent(context, one) for one in pushed.not_sent],
                "refused": [_unsent(context, one) for one in pushed.refused],
            }
        )
        return
    from grader.report.clean import clean  # noqa: PLC0415

    heads = (
        (pushed.refused, msgid("Refused by the platform:")),
        (pushed.not_sent, msgid("Not sent:")),
    )
    for rows, head in heads:
        if rows:
            context.echo(t(head))
        for one in rows:
            why = one.why.localised(t)
            context.echo(clean(f"  {one.exercise}  {one.student}: {why}"))
    sent, kept = len(pushed.sent), len(pushed.kept)
    if dry_run:
        context.echo(t.plural("{{n}} score would be sent.", "{{n}} scores would be sent.", sent))
    else:
        context.echo(t.plural("{{n}} score sent.", "{{n}} scores sent.", sent))
    if kept:
        told = t.plural("{{n}} score was there already.", "{{n}} scores were there already.", kept)
        context.echo(told)


def _score(one: Score) -> dict[str, object]:
    return {
        "student": one.student,
        "exercise": one.exercise,
        "given": str(one.given),
        "maximum": str(one.maximum),
        "comment": one.comment,
    }


def _unsent(context: Context, one: NotSent) -> dict[str, object]:
    why = one.why.localised(context.t)
    return {"student": one.student, "exercise": one.exercise, "why": why}


command.add_command(push_scores, "push")
command.add_command(people, "people")
