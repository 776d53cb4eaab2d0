"""Only pages of this server, at the address with the token, get an answer; no code comes in."""

import re
import socket
import time
from pathlib import Path

import pytest

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


@pytest.fixture
def served(serve):
    return serve()


def test_the_address_with_the_token_leads_to_the_course(served):
    status, headers, _ = served.ask("")
    assert (status, headers["location"]) == (303, f"{served.root}/en/")
    status, headers, text = served.ask("en/")
    assert status == 200
    assert "Foundations of neural networks" in text
    assert len(served.root) > 30


def test_without_the_token_nothing_is_there(served):
    wrong = served.root[:-1] + ("a" if served.root[-1] != "a" else "b")
    for path in ("/", "/en/", f"{wrong}/en/", f"{served.root}x/en/", "/static/page.css", "/%e9/"):
        status, headers, text = served.ask_at(path)
        assert status == 404, path
        assert served.root not in text
        assert headers["content-security-policy"] == POLICY


@pytest.mark.parametrize(
    "host", ["example.org", "localhost", "127.0.0.1", "127.0.0.1:1", "127.0.0.1.example.org"]
)
def test_a_name_that_was_made_to_lead_here_is_refused(served, host):
    assert served.ask("en/", headers={"Host": host})[0] == 421


def test_another_name_with_the_right_port_is_refused(served):
    assert served.ask("en/", headers={"Host": f"localhost:{served.port}"})[0] == 421


def test_two_hosts_or_none_are_refused(served):
    for lines in (f"Host: 127.0.0.1:{served.port}\r\nHost: example.org\r\n", ""):
        with socket.create_connection(("127.0.0.1", served.port), timeout=60) as connection:
            request = f"GET {served.root}/en/ HTTP/1.1\r\n{lines}Connection: close\r\n\r\n"
            connection.sendall(request.encode())
            status = connection.makefile("rb").readline()
        assert b" 200 " not in status


@pytest.mark.parametrize("origin", ["http://example.org", "null", "http://127.0.0.1:1", ""])
def test_a_form_of_another_page_is_refused(served, origin):
    for place in ("en/ex14/answers", "en/ex14/begin", "en/ex11/grade"):
        status, _, _ = served.ask(place, "POST", b"", {"Origin": origin} if origin else {})
        assert status == 403
    assert list(served.folder.iterdir()) == []


def test_a_request_that_a_browser_calls_foreign_is_refused(served):
    for site in ("cross-site", "same-site"):
        assert served.ask("en/", headers={"Sec-Fetch-Site": site})[0] == 403
    assert served.ask("en/", headers={"Sec-Fetch-Site": "same-origin"})[0] == 200


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"])
def test_other_methods_are_refused(served, method):
    assert served.ask("en/", method, headers={"Origin": served.origin})[0] == 403


def test_no_code_is_accepted(served):
    fields = "state=&source=import+os"
    for place in ("en/ex11/source", "en/ex11/answers", "en/ex11", "en/ex11/"):
        assert served.send(place, fields)[0] in {404, 405}
    assert list(served.folder.iterdir()) == []
    assert "<textarea" not in served.ask("en/ex11")[2]


def test_a_huge_form_is_refused(served):
    one = "q.loss_mean=" + "1" * (3 * 2**20)
    many = "&".join(f"q.a{number}=" + "1" * 900_000 for number in range(5))
    assert served.send("en/ex14/answers", one)[0] in {400, 413}
    assert served.send("en/ex14/answers", many)[0] == 413
    assert list(served.folder.iterdir()) == []


def test_every_answer_forbids_framing_caching_and_sniffing(served):
    for place in ("en/", "en/ex11", "en/ex14", "static/live.js", "static/page.css", "en/nothing"):
        _, headers, _ = served.ask(place)
        assert headers["content-security-policy"] == POLICY
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["x-frame-options"] == "DENY"
        assert headers["cache-control"] == "no-store"
        assert headers["referrer-policy"] == "same-origin"
        assert "server" not in headers


@pytest.mark.parametrize(
    "place",
    [
        *("static/../settings.py", "static/..%2f..%2fweb%2fsettings.py", "static/nothing"),
        *("xx/ex11", "en/ex99", "en/softmax", "en/11", "en/ex11_softmax", "en/..%2fex11"),
    ],
)
def test_no_other_address_leads_anywhere(served, place):
    assert served.ask(place)[0] == 404


def connections(port, table="/proc/net/tcp"):
    """Return address and state of each of the server's own ends."""
    rows = [row.split() for row in Path(table).read_text(encoding="ascii").splitlines()[1:]]
    ends = [(row[1].rpartition(":"), row[3]) for row in rows]
    return [(end[0], state) for end, state in ends if int(end[2], 16) == port]


def test_it_listens_on_the_loopback_address_alone(served):
    tables = ("/proc/net/tcp", "/proc/net/tcp6")
    found = [one for table in tables for one in connections(served.port, table)]
    assert [address for address, state in found if state == "0A"] == ["0100007F"]


def test_a_browser_that_goes_away_is_forgotten(served):
    host = served.origin.removeprefix("http://")
    request = f"GET {served.root}/en/ex11/events HTTP/1.1\r\nHost: {host}\r\n\r\n"
    for _ in range(20):
        with socket.create_connection(("127.0.0.1", served.port), timeout=60) as connection:
            connection.sendall(request.encode())
            assert b"200" in connection.recv(100)
    until = time.monotonic() + 60
    open_ = {"01", "08"}  # established, and closed by the browser alone
    while any(state in open_ for _, state in connections(served.port)):
        assert time.monotonic() < until
        time.sleep(0.1)
    assert served.ask("en/")[0] == 200


def test_nothing_is_fetched_from_elsewhere(served):
    for place in ("en/", "en/ex11", "fr/ex14", "static/page.css", "static/live.js"):
        text = served.ask(place)[2]
        assert not re.search(r"(?:src|href|url\()\s*=?\s*[\"']?(?:https?:)?//", text)


def test_style_and_script_are_complete(served):
    _, _, style = served.ask("static/page.css")
    assert "{%" not in style
    assert "{{" not in style
    assert "--ground:" in style
    assert ":focus-visible" in style
