"""A socket that listens, for the commands that serve."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING

from grader.cli.options import LocalisedUsageError
from grader.course.system_errors import reason

if TYPE_CHECKING:
    from grader.cli.context import Context


def listen(
    context: Context, host: str, port: int, command: str, backlog: int = 128
) -> socket.socket:
    """Return a socket that listens on a port of an address.

    Raises:
        LocalisedUsageError: the port is in use, or not allowed, or the address is none of here.

    """
    listening = None
    try:
        family, _, _, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        listening = socket.socket(family, socket.SOCK_STREAM)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(address)
        listening.listen(backlog)
    except OSError as error:
        if listening is not None:
            listening.close()
        why = reason(error).localised(context.t)
        raise LocalisedUsageError(
            context.t(
                "Port {{port}} cannot be used: {{reason}}. Name another one, or take a free one: "
                "`{{command}} --port 0`",
                port=port,
                reason=why,
                command=command,
            )
        ) from None
    return listening
