"""The server itself: uvicorn on a socket that already listens."""

from __future__ import annotations

import contextlib
import logging
import sys
from typing import TYPE_CHECKING

import uvicorn

from grader.jobe.app import application, turns_of

if TYPE_CHECKING:
    import socket

    from grader.jobe.settings import JobeSettings
    from grader.jobe.turns import Turns

LAST_SECONDS = 20  # for answers that are being judged when the server is to end
BACKLOG = 2048
_MOST_DESCRIPTORS = 65536


class _Server(uvicorn.Server):
    """A server that refuses those who wait for their turn when it is to end."""

    def __init__(self, config: uvicorn.Config, turns: Turns) -> None:
        super().__init__(config)
        self._turns = turns

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Take no more requests; the answers that are judged already are waited for."""
        self._turns.close()
        await super().shutdown(sockets)


def serve(settings: JobeSettings, listening: socket.socket) -> None:
    """Serve until the process gets SIGINT or SIGTERM."""
    _allow_descriptors()
    logging.basicConfig(stream=sys.stderr, level=logging.INFO, format="%(levelname)s %(message)s")
    logging.getLogger("uvicorn").setLevel(logging.ERROR)
    turns = turns_of(settings)
    config = uvicorn.Config(
        application(settings, turns),
        access_log=False,
        log_config=None,
        log_level="error",
        server_header=False,
        proxy_headers=False,
        ws="none",
        timeout_graceful_shutdown=LAST_SECONDS,
        backlog=BACKLOG,
    )
    _Server(config, turns).run(sockets=[listening])


def _allow_descriptors() -> None:
    """Allow as many connections as the system lets this process have."""
    import resource  # noqa: PLC0415 - not on Windows

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = _MOST_DESCRIPTORS if hard == resource.RLIM_INFINITY else min(hard, _MOST_DESCRIPTORS)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        with contextlib.suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
