"""Requests to a site: one after the other, not too fast, the token in the body alone.

Moodle answers with status 200 whatever happens; an error is an object with an ``errorcode``.
"""

from __future__ import annotations

import json
import ssl
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

import certifi
import httpx

from grader.course.phrases import phrase
from grader.moodle.address import belongs_to, host_of
from grader.moodle.errors import MoodleError, RefusedError, UnknownOutcomeError
from grader.report.clean import clean

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from grader.course.phrases import Phrase

ANSWER_LIMIT = 64 * 2**20  # bytes of an answer
TRIES = 4
_PATIENCE = 120.0  # seconds that a site may ask to wait, each time
_TIMEOUT = httpx.Timeout(30, read=90)
_WAITING = frozenset({429, 503})
_UNAVAILABLE = frozenset({500, 502, 503, 504})
_TOO_MANY = 429
_OK = 200
_TOKEN = frozenset({"invalidtoken", "invalidtimedtoken", "accesstokenexpired"})
_MISSING = frozenset({"accessexception", "invalidrecord_function", "servicenotavailable"})
_FORBIDDEN = frozenset(
    {"nopermissions", "requireloginerror", "notingroup", "usernotenrolled", "noaccess"}
)


@dataclass(frozen=True)
class Pace:
    """The pace of requests: seconds between two, and the functions that read a clock and sleep."""

    between: float = 0.2
    now: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep


class Client:
    """A connection to one site with one token."""

    def __init__(self, site: str, token: str, pace: Pace | None = None) -> None:
        """``site``: an address from `site_address`."""
        self.site = site
        self._token = token
        self._pace = pace or Pace()
        self._next = 0.0
        # A redirection would carry the token elsewhere: none is followed.
        self._http = httpx.Client(follow_redirects=False, timeout=_TIMEOUT, verify=_trusted())

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._http.close()

    def call(self, function: str, arguments: Mapping[str, object], *, writes: bool = False) -> Any:
        """Return the answer of a function of the site.

        ``writes``: it changes something, and is not called again where nobody knows whether it has
        been done.

        Raises:
            RefusedError: the site refuses this request.
            UnknownOutcomeError: the connection was lost while something was written.
            MoodleError: the site cannot be used.

        """
        form = {
            "wstoken": self._token,
            "wsfunction": function,
            "moodlewsrestformat": "json",
            **dict(flattened(arguments)),
        }
        url = f"{self.site}/webservice/rest/server.php"
        answer = self._answer(url, writes=writes, data=form)
        return self._read(answer, function)

    def upload(self, name: str, data: bytes, draft: int = 0) -> int:
        """Put a file into a draft area, a new one by default, and return the number of the area.

        Raises:
            RefusedError: the site refuses the file.
            MoodleError: as for `call`.

        """
        form = {"token": self._token, "filearea": "draft", "itemid": str(draft), "filepath": "/"}
        files = {"file_1": (name, data, "application/octet-stream")}
        url = f"{self.site}/webservice/upload.php"
        answer = self._read(self._answer(url, data=form, files=files), "upload.php")
        first = answer[0] if isinstance(answer, list) and answer else {}
        if not isinstance(first, dict) or not isinstance(first.get("itemid"), int):
            why = first.get("error", "?") if isinstance(first, dict) else "?"
            raise RefusedError(self._refused(str(why)))
        return int(first["itemid"])

    def download(self, url: str, size: int) -> bytes:
        """Return a file of the site, which has said how many bytes it has.

        Raises:
            RefusedError: the address is not the site's, or what comes is not that file.
            MoodleError: as for `call`.

        """
        if not belongs_to(self.site, url):
            raise RefusedError(
                phrase(
                    "the file lies at another site ({{host}}), which does not get the token",
                    host=host_of(url),
                )
            )
        answer = self._answer(url, limit=size, data={"token": self._token})
        if len(answer) != size:
            raise RefusedError(phrase("the site sends something else than the file"))
        return answer

    def _answer(
        self, url: str, *, writes: bool = False, limit: int = ANSWER_LIMIT, **sent: Any
    ) -> bytes:
        """Send a request until it is answered, and return the body."""
        wait: float | None
        for number in range(1, TRIES + 1):
            self._wait_for_turn()
            try:
                status, headers, body = self._send(url, limit, sent)
            except (httpx.ConnectError, httpx.ConnectTimeout) as failure:
                if "CERTIFICATE_VERIFY_FAILED" in str(failure):
                    raise MoodleError(self._untrusted()) from None
                # Nothing has been sent: it is safe to try again.
                wait, error = float(number), MoodleError(self._down())
            except (httpx.HTTPError, httpx.InvalidURL):
                if writes:
                    raise UnknownOutcomeError(self._down()) from None
                wait, error = float(number), MoodleError(self._down())
            else:
                if status == _OK:
                    return body
                told = self._status(status, headers)
                if writes and status in _UNAVAILABLE - _WAITING:
                    raise UnknownOutcomeError(told)
                wait, error = _wait_after(status, headers, number), MoodleError(told)
            if number == TRIES or wait is None:
                raise error
            self._pace.sleep(wait)
        raise AssertionError("the last try ends the loop")  # pragma: no cover

    def _send(
        self, url: str, limit: int, sent: Mapping[str, Any]
    ) -> tuple[int, httpx.Headers, bytes]:
        with self._http.stream("POST", url, **sent) as response:
            body = bytearray()
            for chunk in response.iter_bytes():
                body += chunk
                if len(body) > limit:
                    break
            return response.status_code, response.headers, bytes(body[: limit + 1])

    def _wait_for_turn(self) -> None:
        now = self._pace.now()
        if now < self._next:
            self._pace.sleep(self._next - now)
        self._next = max(now, self._next) + self._pace.between

    def _read(self, body: bytes, function: str) -> Any:
        """Return the data of an answer, or raise what it says."""
        try:
            answer = json.loads(body)
        except (ValueError, RecursionError):
            raise MoodleError(
                phrase(
                    "{{host}} answers with a page and not with data. Check the address, whether "
                    "the site is in maintenance, and that its web services (REST) are enabled.",
                    host=host_of(self.site),
                )
            ) from None
        if isinstance(answer, dict) and ("exception" in answer or "errorcode" in answer):
            raise self._error(answer, function)
        return answer

    def _error(self, answer: Mapping[str, Any], function: str) -> MoodleError:
        code, message = str(answer.get("errorcode", "")), str(answer.get("message", ""))
        message = message or str(answer.get("error", "")) or code
        if code in _TOKEN:
            return MoodleError(
                phrase(
                    "{{host}} does not know this token, or it has expired. Make a new one in "
                    "Moodle (Preferences, Security keys).",
                    host=host_of(self.site),
                )
            )
        if code in _MISSING:
            return MoodleError(
                phrase(
                    "The token's service does not have the function {{function}}. The "
                    "administrator can add it, or allow the mobile app's service.",
                    function=function,
                )
            )
        if code in _FORBIDDEN:
            return RefusedError(
                phrase(
                    "the owner of the token may not do this: {{message}}",
                    message=self._shown(message),
                )
            )
        return RefusedError(self._refused(message))

    def _refused(self, message: str) -> Phrase:
        return phrase("the site says: {{message}}", message=self._shown(message))

    def _shown(self, message: str) -> str:
        """Return a text of the site's as it can be printed; the token is not repeated."""
        return clean(message.replace(self._token, "…"), 300).replace("\n", " ")

    def _down(self) -> Phrase:
        return phrase(
            "{{host}} does not answer. Nothing is lost: run the same command again later.",
            host=host_of(self.site),
        )

    def _untrusted(self) -> Phrase:
        return phrase(
            "The certificate of {{host}} is not trusted on this machine, so the token was not "
            "sent. If your institution has its own, name its file in SSL_CERT_FILE.",
            host=host_of(self.site),
        )

    def _status(self, status: int, headers: httpx.Headers) -> Phrase:
        if 300 <= status < 400:  # noqa: PLR2004 - redirections
            return phrase(
                "{{host}} sends on to {{other}}. The token was not sent there: if that is the "
                "right site, name its address.",
                host=host_of(self.site),
                other=host_of(headers.get("location", "")),
            )
        sentences = {
            401: phrase("{{host}} wants another login (status 401).", host=host_of(self.site)),
            403: phrase(
                "{{host}} refuses its web services (status 403): they are switched off, or closed "
                "to this address.",
                host=host_of(self.site),
            ),
            404: phrase(
                "There are no web services at {{host}} (status 404). Check the address, also its "
                "path.",
                host=host_of(self.site),
            ),
            _TOO_MANY: phrase(
                "{{host}} has had too many requests (status 429). Run the same command again "
                "later: it goes on where this ended.",
                host=host_of(self.site),
            ),
        }
        other = phrase(
            "{{host}} answers with the status {{status}}. Run the same command again later: it "
            "goes on where this ended.",
            host=host_of(self.site),
            status=status,
        )
        return sentences.get(status, other)


def _trusted() -> ssl.SSLContext:
    """Return the certificates of the system, to which institutions add theirs, and the usual."""
    context = ssl.create_default_context()
    context.load_verify_locations(certifi.where())
    return context


def _wait_after(status: int, headers: httpx.Headers, number: int) -> float | None:
    """Return the seconds before the next try; None: another one would be of no use."""
    if status in _WAITING:
        asked = _retry_after(headers)
        if asked is not None:
            return asked if asked <= _PATIENCE else None
        return 2.0 * number
    return float(number) if status in _UNAVAILABLE else None


def _retry_after(headers: httpx.Headers) -> float | None:
    """Return the seconds to wait; None where the site does not say, or in a form unknown here."""
    try:
        seconds = float(headers.get("retry-after", ""))
    except ValueError:
        return None
    return seconds if 0 <= seconds < float("inf") else None


def flattened(arguments: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    """Yield arguments as Moodle's forms have them: ``plugindata[editor][text]``, ``ids[0]``."""
    for name, value in arguments.items():
        yield from _flat(name, value)


def _flat(name: str, value: object) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for key, one in value.items():
            yield from _flat(f"{name}[{key}]", one)
    elif isinstance(value, list | tuple):
        for at, one in enumerate(value):
            yield from _flat(f"{name}[{at}]", one)
    elif isinstance(value, bool):
        yield name, str(int(value))
    else:
        yield name, str(value)
