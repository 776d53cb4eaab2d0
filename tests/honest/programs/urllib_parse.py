"""Addresses taken apart."""

from urllib.parse import parse_qs, quote, urlsplit


def run():
    parts = urlsplit("https://example.org/a?b=1&b=2")
    return [parts.netloc, parse_qs(parts.query), quote("é")]


EXPECTED = ["example.org", {"b": ["1", "2"]}, "%C3%A9"]
