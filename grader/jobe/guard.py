"""What every request passes first: the key, the type, and the size that it says it has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.datastructures import Headers
from starlette.responses import JSONResponse

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

    from grader.jobe.key import ApiKey

LARGEST_BODY = 6 * 2**20  # bytes: a file of 4 MiB in base64, and what is around it
_CLOSE = {"connection": "close"}  # what is still to come is not read


class Guard:
    """Refuses a request before a byte of its body is read, where its head says enough."""

    def __init__(self, app: ASGIApp, key: ApiKey) -> None:
        self._app = app
        self._key = key

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        refusal = self._refusal(Headers(scope=scope), scope["method"])
        if refusal is not None:
            status, text = refusal
            await JSONResponse(text, status, _CLOSE)(scope, receive, send)
            return
        await self._app(scope, receive, send)

    def _refusal(self, headers: Headers, method: str) -> tuple[int, str] | None:
        """Return status and text for a request that gets nothing, else None."""
        if not self._key.opens(headers.getlist("x-api-key")):
            return 403, "Missing or unknown API key"
        if method not in {"POST", "PUT"}:
            return None
        kind = headers.get("content-type", "").partition(";")[0].strip().lower()
        if kind != "application/json":
            return 415, "The body must be application/json"
        length = headers.get("content-length", "0")
        if length.isdecimal() and int(length[:20]) > LARGEST_BODY:
            return 413, "Too large"
        return None
