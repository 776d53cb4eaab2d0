"""A platform's services: pylti1p3, with time limits, and with its errors as ours."""

from __future__ import annotations

import contextlib
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any, Final

import requests
from pylti1p3.assignments_grades import AssignmentsGradesService
from pylti1p3.exception import LtiException, LtiServiceException
from pylti1p3.grade import Grade
from pylti1p3.names_roles import NamesRolesProvisioningService
from pylti1p3.registration import Registration
from pylti1p3.service_connector import ServiceConnector
from requests.utils import parse_header_links

from grader.course.phrases import phrase
from grader.lti.errors import PlatformError, ScoreRefusedError
from grader.report.clean import clean
from grader.version import __version__

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from grader.course.phrases import Phrase
    from grader.lti.configuration import Platform
    from grader.lti.scores import Score

SCORE: Final = "https://purl.imsglobal.org/spec/lti-ags/scope/score"
MEMBERS = "application/vnd.ims.lti-nrps.v2.membershipcontainer+json"
READ_MEMBERS = "https://purl.imsglobal.org/spec/lti-nrps/scope/contextmembership.readonly"
SECONDS = (10.0, 60.0)  # to connect, and for an answer
MOST_WORDS, MOST_PAGES = 200, 1000
_UNAUTHORISED, _FORBIDDEN = 401, 403


class _Session(requests.Session):
    """A session whose requests end in time; it notes by how much the platform's clock is behind."""

    def __init__(self) -> None:
        super().__init__()
        self.behind = timedelta(0)
        self.headers["User-Agent"] = f"nn-grader/{__version__}"

    def request(self, *args: Any, **kwargs: Any) -> requests.Response:
        """Make a request."""
        kwargs.setdefault("timeout", SECONDS)
        kwargs.setdefault("allow_redirects", False)  # a token goes nowhere else
        response = super().request(*args, **kwargs)
        with contextlib.suppress(TypeError, ValueError, KeyError):
            there = parsedate_to_datetime(response.headers["Date"])
            self.behind = max(timedelta(0), datetime.now(UTC) - there)
        return response


class Service:
    """The services of one platform."""

    def __init__(self, platform: Platform, key: str) -> None:
        self._platform = platform
        registration = Registration()
        registration.set_issuer(platform.issuer).set_client_id(platform.client_id)
        registration.set_auth_token_url(platform.token_url).set_tool_private_key(key)
        if platform.audience is not None:
            registration.set_auth_audience(platform.audience)
        self._registration = registration
        if platform.key_id is not None:
            registration.get_kid = lambda: platform.key_id  # type: ignore[method-assign]
        self._session = _Session()
        self._connector = ServiceConnector(registration, self._session)

    def now(self) -> datetime:
        """Return the time, never later than the platform's clock."""
        return datetime.now(UTC) - self._session.behind

    def send(self, item: str, user: str, score: Score) -> str:
        """Send a final score with its comment; return its timestamp.

        Raises:
            ScoreRefusedError: the platform refuses this one.
            PlatformError: it refuses everything, or does not answer.

        """
        # The answer to this, the first time, also tells the platform's clock.
        self._asked(lambda: self._connector.get_access_token([SCORE]))
        at = self.now().isoformat(timespec="milliseconds")
        grade = Grade()
        grade.set_score_given(float(score.given)).set_score_maximum(float(score.maximum))
        grade.set_activity_progress("Completed").set_grading_progress("FullyGraded")
        grade.set_timestamp(at).set_user_id(user).set_comment(score.comment)
        self._asked(
            lambda: AssignmentsGradesService(
                self._connector, {"scope": [SCORE], "lineitem": item}
            ).put_grade(grade)
        )
        return at

    def members(self) -> Iterator[dict[str, Any]]:
        """Yield the members of the course, page by page.

        Raises:
            PlatformError: the platform refuses it, or does not answer.

        """
        url: str | None = self._platform.members_url
        for _ in range(MOST_PAGES):
            if url is None:
                return
            page = self._page(url)
            body = page["body"]
            members = body.get("members") if isinstance(body, dict) else None
            if not isinstance(members, list):
                raise PlatformError(phrase("{{url}} gives no list of members", url=url))
            yield from (one for one in members if isinstance(one, dict))
            url = _next(page["headers"])

    def _page(self, url: str) -> dict[str, Any]:
        services = NamesRolesProvisioningService(self._connector, {"context_memberships_url": url})
        try:
            # The library's own list of pages has the next address in small letters.
            page: dict[str, Any] = self._asked(lambda: services.get_nrps_data(url))
        except ScoreRefusedError as error:
            raise PlatformError(_refusal(error.status, error.words)) from None
        return page

    def _asked(self, ask: Callable[[], Any]) -> Any:
        """Return an answer; a token that has run out is asked for anew, once."""
        try:
            return self._once(ask)
        except PlatformError as error:
            if not isinstance(error.__cause__, LtiServiceException):
                raise
            if error.__cause__.response.status_code != _UNAUTHORISED:
                raise
            self._connector._access_tokens.clear()  # noqa: SLF001 - the library never asks anew
            return self._once(ask)

    def _once(self, ask: Callable[[], Any]) -> Any:
        try:
            return ask()
        except LtiServiceException as error:
            response = error.response
            words = _words(response)
            of_token = response.url.split("?")[0] == self._platform.token_url.split("?")[0]
            if of_token or response.status_code in {_UNAUTHORISED, _FORBIDDEN}:
                raise PlatformError(_refusal(response.status_code, words)) from error
            raise ScoreRefusedError(response.status_code, words, _wait(response)) from None
        except (requests.JSONDecodeError, KeyError, TypeError):
            url = self._platform.issuer
            sentence = phrase("{{url}} does not answer as an LTI platform does", url=url)
            raise PlatformError(sentence) from None
        except requests.RequestException as error:
            sentence = phrase(
                "{{url}} cannot be reached: {{reason}}",
                url=self._platform.issuer,
                reason=type(error).__name__,
            )
            raise PlatformError(sentence) from None
        except (LtiException, ValueError) as error:
            raise PlatformError(
                phrase("nothing was sent: {{reason}}", reason=clean(str(error), 200))
            ) from None


def _refusal(status: int, words: str) -> Phrase:
    return phrase("The platform refuses ({{status}}): {{words}}", status=status, words=words or "-")


def _words(response: requests.Response) -> str:
    """Return the beginning of what a platform says, as one line; of a page nothing."""
    if "html" in response.headers.get("Content-Type", ""):
        return "HTML"
    return " ".join(clean(response.text[: 4 * MOST_WORDS], MOST_WORDS).split())


def _wait(response: requests.Response) -> float | None:
    with contextlib.suppress(KeyError, ValueError):
        return min(60.0, max(0.0, float(response.headers["Retry-After"])))
    return None


def _next(headers: Any) -> str | None:
    links = {name.lower(): value for name, value in dict(headers).items()}.get("link", "")
    found = (link["url"] for link in parse_header_links(links) if link.get("rel") == "next")
    return next(found, None) if links else None
