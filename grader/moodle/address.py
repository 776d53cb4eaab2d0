"""The address of a site, and which other addresses belong to it."""

from __future__ import annotations

import ipaddress
from urllib.parse import SplitResult, urlsplit

from grader.course.phrases import phrase
from grader.moodle.errors import MoodleError
from grader.report.clean import clean

_PORTS = {"https": 443, "http": 80}
_PAGES = ("/login/index.php", "/my/", "/index.php")  # that people copy with the address


def site_address(text: str) -> str:
    """Return the address of a site without a slash at its end.

    Raises:
        MoodleError: it is none, or a token would travel in clear.

    """
    try:
        parts = urlsplit(text.strip())
        host, _ = parts.hostname, parts.port
    except ValueError:
        parts, host = urlsplit(""), None
    whole = bool(host) and parts.scheme in _PORTS
    if not whole or parts.query or parts.fragment or "@" in parts.netloc or not text.isprintable():
        raise MoodleError(
            phrase(
                "{{address}} is not the address of a Moodle site. Write it as it begins in the "
                "browser, such as https://moodle.example.org",
                address=clean(text.strip(), 100),
            )
        )
    if parts.scheme == "http" and not _is_loopback(host or ""):
        raise MoodleError(
            phrase(
                "{{host}} is not asked without encryption: everybody on the way could read the "
                "token. Use its address with https://",
                host=host,
            )
        )
    path = parts.path
    for page in _PAGES:
        path = path.removesuffix(page)
    return f"{parts.scheme}://{parts.netloc}{path.rstrip('/')}"


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def belongs_to(site: str, url: str) -> bool:
    """Return True if an address is below that of a site, so that the token may be sent there."""
    try:
        ours, theirs = urlsplit(site), urlsplit(url)
        same = _origin(ours) == _origin(theirs)
    except ValueError:
        return False
    below = theirs.path.startswith(f"{ours.path}/") and "/../" not in theirs.path
    return same and below and "@" not in theirs.netloc


def _origin(parts: SplitResult) -> tuple[str, str | None, int | None]:
    return parts.scheme, parts.hostname, parts.port or _PORTS.get(parts.scheme)


def host_of(url: str) -> str:
    """Return the host of an address, to be shown; never its path, which could hold a secret."""
    try:
        return clean(urlsplit(url).hostname or "?", 100)
    except ValueError:
        return "?"
