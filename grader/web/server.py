"""The server itself: uvicorn on a socket that already listens."""

from __future__ import annotations

from typing import TYPE_CHECKING

import uvicorn

from grader.web.app import application

if TYPE_CHECKING:
    import socket

    from grader.web.settings import Serving

_LAST_SECONDS = 2  # for requests that are under way when the server is to end


def serve(serving: Serving, listening: socket.socket) -> None:
    """Serve until the process gets SIGINT or SIGTERM."""
    config = uvicorn.Config(
        application(serving),
        access_log=False,  # an address holds the token
        log_level="error",
        server_header=False,
        date_header=False,
        proxy_headers=False,
        ws="none",
        timeout_graceful_shutdown=_LAST_SECONDS,
    )
    uvicorn.Server(config).run(sockets=[listening])
