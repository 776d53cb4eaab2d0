"""``grader completion``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click
from click.shell_completion import get_completion_class

from grader.cli.options import grader_command
from grader.course.languages import msgid

if TYPE_CHECKING:
    from grader.cli.context import Context

SHELLS = {
    "bash": "~/.bashrc",
    "zsh": "~/.zshrc",
    "fish": "~/.config/fish/config.fish",
}
"""The shells, and the file of each that is read at its start."""
PROGRAMS = ("grader", "grade")


@grader_command(
    msgid(
        "Print what makes a shell complete commands, options and exercises. Take it up with: "
        'eval "$(grader completion bash)"; in fish: grader completion fish | source'
    )
)
@click.argument("shell", type=click.Choice(list(SHELLS)))
def command(context: Context, shell: str) -> None:
    """Print the script of a shell for both programs."""
    from grader.cli.main import cli  # noqa: PLC0415 - main imports commands, when they are called

    completion = get_completion_class(shell)
    assert completion is not None  # noqa: S101 - click has all of SHELLS
    for program in PROGRAMS:
        variable = f"_{program.upper()}_COMPLETE"
        context.echo(completion(cli, {}, program, variable).source())
    place = context.t("For every new terminal: write that line into {{file}}.", file=SHELLS[shell])
    context.echo(f"# {place}")
