"""What every request passes first: only pages of this server, at the address that holds the token.

A browser that shows a foreign page can send requests here. It gets nowhere without the token; a
name that was made to lead here (DNS rebinding) fails at the Host, a form of another page at the
Origin. What is answered may be framed, cached or read by nobody else.
"""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from grader.web.settings import Serving

LARGEST_BODY = 2 * 2**20  # bytes
_SAFE = {"GET", "HEAD"}
_POLICY = "; ".join(
    (
        *("default-src 'none'", "script-src 'self'", "style-src 'self'", "connect-src 'self'"),
        *("img-src data:", "form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'"),
    )
)
HEADERS = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    # Not `no-referrer`: with it a form would be sent with the Origin `null`.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "no-store",
}


class TooLargeError(Exception):
    """A request has more bytes than any form of ours."""


class Guard:
    """Refuses requests that no page of this server has made."""

    def __init__(self, app: ASGIApp, serving: Serving) -> None:
        self._app = app
        self._serving = serving

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or refuse it."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] != "http":  # no WebSocket is ours: the handshake is refused
            await send({"type": "websocket.close", "code": 1008})
            return
        guarded = _with_headers(send)
        refusal = self._refusal(scope)
        if refusal is not None:
            status, text = refusal
            await PlainTextResponse(text, status)(scope, receive, guarded)
            return
        begun = False

        async def noting(message: Message) -> None:
            nonlocal begun
            begun = begun or message["type"] == "http.response.start"
            await guarded(message)

        try:
            await self._app(_below(scope, self._serving.token), _limited(receive), noting)
        except TooLargeError:
            if not begun:
                await PlainTextResponse("Too large", 413)(scope, receive, guarded)

    def _refusal(self, scope: Scope) -> tuple[int, str] | None:
        """Return status and text for a request that is none of ours, None for one of ours."""
        headers = Headers(scope=scope)
        own = self._serving.origin
        hosts = headers.getlist("host")
        if hosts != [own.removeprefix("http://")]:
            return 421, "Misdirected request"
        token = scope["path"].split("/", 2)[1:2]
        if not token or not secrets.compare_digest(
            token[0].encode("utf-8", "replace"), self._serving.token.encode()
        ):
            return 404, "Not found"
        origins = headers.getlist("origin")
        if origins and origins != [own]:
            return 403, "Forbidden"
        if scope["method"] not in _SAFE and (scope["method"] != "POST" or not origins):
            return 403, "Forbidden"
        if headers.get("sec-fetch-site", "none") not in {"none", "same-origin"}:
            return 403, "Forbidden"
        return None


def _below(scope: Scope, token: str) -> Scope:
    """Return a request with the token taken for the root of the application."""
    return {**scope, "root_path": f"/{token}"}


def _with_headers(send: Send) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            MutableHeaders(scope=message).update(HEADERS)
        await send(message)

    return sending


def _limited(receive: Receive) -> Receive:
    """Return a function that receives the body of a request up to the limit.

    Raises:
        TooLargeError: by the receiving, beyond it.

    """
    received = 0

    async def receiving() -> Message:
        nonlocal received
        message = await receive()
        if message["type"] == "http.request":
            received += len(message.get("body", b""))
            if received > LARGEST_BODY:
                raise TooLargeError
        return message

    return receiving
