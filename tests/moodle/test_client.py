"""Requests to a site: where the token goes, and what becomes of every answer."""

import logging
import socket
from pathlib import Path

import pytest
from support.languages import TRANSLATED
from support.moodle_site import OTHER, TOKEN, Fault, fake_site
from support.text_blocks import block

from grader.course.languages import Translator
from grader.moodle.address import belongs_to, site_address
from grader.moodle.client import TRIES, Client, Pace, flattened
from grader.moodle.errors import MoodleError, RefusedError, UnknownOutcomeError
from grader.moodle.site import READ, Site

INFO = "core_webservice_get_site_info"


def refusal(caught):
    """Return the sentence, which is there in every language and never holds the token."""
    english = caught.value.sentence(Translator("en"))
    assert TOKEN not in english + repr(caught.value) + str(caught.getrepr())
    for lang in TRANSLATED:
        assert caught.value.sentence(Translator(lang)) != english
    return english


def test_the_token_goes_in_the_body_alone(client, site, caplog):
    caplog.set_level(logging.DEBUG)
    client.call(INFO, {})
    client.download(f"{site.address}/webservice/pluginfile.php/9/assignsubmission_file/1017/0", 32)
    client.upload("feedback.html", b"<p>")
    for request in site.requests:
        assert TOKEN in request.form.values()
        assert TOKEN not in request.path + request.query + str(request.headers)
    assert TOKEN not in caplog.text


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("https://m.example.org", "https://m.example.org"),
        (" https://m.example.org/moodle/ ", "https://m.example.org/moodle"),
        ("https://m.example.org:8443/login/index.php", "https://m.example.org:8443"),
        ("https://m.example.org/my/", "https://m.example.org"),
        ("http://127.0.0.1:8000", "http://127.0.0.1:8000"),
        ("http://localhost/moodle", "http://localhost/moodle"),
        ("http://[::1]:80", "http://[::1]:80"),
    ],
)
def test_an_address_is_read_as_people_copy_it(text, address):
    assert site_address(text) == address


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("http://m.example.org", "without encryption"),
        ("http://127.0.0.1.example.org", "without encryption"),
        ("http://192.168.1.5", "without encryption"),
        ("m.example.org", "not the address"),
        ("ftp://m.example.org", "not the address"),
        ("https://ada:secret@m.example.org", "not the address"),
        ("https://m.example.org/?token=1", "not the address"),
        ("https://m.example.org/\x1b[31m", "not the address"),
        ("https://[::1", "not the address"),
        ("https://m.example.org:port", "not the address"),
        ("https://", "not the address"),
        ("", "not the address"),
    ],
)
def test_an_address_that_would_give_the_token_away_is_refused(text, said):
    with pytest.raises(MoodleError) as caught:
        site_address(text)
    assert said in caught.value.sentence(Translator("en"))
    assert "\x1b" not in caught.value.sentence(Translator("en"))


def test_the_token_goes_nowhere_but_below_the_site(client, site):
    for url in (
        "http://example.org/moodle/webservice/pluginfile.php/1",
        site.address.replace("127.0.0.1", "127.0.0.2") + "/x",
        site.address.replace("/moodle", "/other/x"),
        f"{site.address}/../x",
        site.address.replace("http://", "http://u@") + "/x",
        "file:///etc/passwd",
        "http://[",
    ):
        assert not belongs_to(site.address, url)
        with pytest.raises(RefusedError):
            client.download(url, 10)
    assert site.requests == []


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirection_is_not_followed(status, client, site):
    with fake_site() as other:
        where = {"Location": f"{other.address}/webservice/rest/server.php?wstoken={TOKEN}"}
        site.faults.append(Fault(INFO, status, headers=where))
        with pytest.raises(MoodleError) as caught:
            client.call(INFO, {})
        assert "The token was not sent there" in refusal(caught)
        assert other.requests == []


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (401, "another login"),
        (403, "switched off"),
        (404, "no web services"),
        (409, "status 409"),
        (418, "status 418"),
    ],
)
def test_each_status_has_its_sentence(status, said, client, site):
    site.faults.append(Fault(INFO, status, b"<html>no</html>", times=9))
    with pytest.raises(MoodleError) as caught:
        client.call(INFO, {})
    assert said in refusal(caught)
    assert len(site.requests) == 1


def test_a_site_that_asks_to_wait_is_waited_for(client, site, clock):
    site.faults.append(Fault(INFO, 429, headers={"Retry-After": "7"}))
    site.faults.append(Fault(INFO, 503))
    assert client.call(INFO, {})["userid"] == 7
    assert 7.0 in clock.slept
    assert len(site.requests) == 3


def test_a_site_that_asks_to_wait_for_long_is_left_alone(client, site, clock):
    site.faults.append(Fault(INFO, 429, headers={"Retry-After": "86400"}))
    with pytest.raises(MoodleError) as caught:
        client.call(INFO, {})
    assert "too many requests" in refusal(caught)
    assert clock.time < 1


@pytest.mark.parametrize("odd", ["soon", "nan", "-5", "inf", "Wed, 21 Oct 2026 07:28:00 GMT"])
def test_a_wait_in_another_form_is_a_short_one(odd, client, site, clock):
    site.faults.append(Fault(INFO, 429, headers={"Retry-After": odd}))
    assert client.call(INFO, {})["userid"] == 7
    assert 0 < clock.time < 20


def test_requests_keep_their_distance(client, clock):
    for _ in range(5):
        client.call(INFO, {})
    assert clock.time == pytest.approx(0.8)


def test_what_changes_something_is_not_sent_again_where_nobody_knows(client, site):
    for fault in (
        Fault(INFO, drop=True),
        Fault(INFO, after=True),
        Fault(INFO, 502),
        Fault(INFO, 500),
    ):
        site.faults[:] = [fault]
        site.requests.clear()
        with pytest.raises(UnknownOutcomeError):
            client.call(INFO, {}, writes=True)
        assert len(site.requests) == 1


def test_what_only_reads_is_tried_again(client, site):
    site.faults += [Fault(INFO, drop=True), Fault(INFO, 502)]
    assert client.call(INFO, {})["userid"] == 7
    site.faults.append(Fault(INFO, 500, times=99))
    with pytest.raises(MoodleError):
        client.call(INFO, {})
    assert len(site.requests) == 3 + TRIES


def test_a_site_that_is_down_is_told_of(clock):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
    with (
        Client(f"http://127.0.0.1:{port}", TOKEN, Pace(0, clock.now, clock.sleep)) as client,
        pytest.raises(MoodleError) as caught,
    ):
        client.call(INFO, {}, writes=True)
    assert "does not answer" in refusal(caught)
    assert not isinstance(caught.value, UnknownOutcomeError)


def test_a_certificate_that_nobody_vouches_for_gets_no_token(clock, monkeypatch):
    certificate = Path(__file__).with_name("localhost.pem")  # of this test, for this machine
    with fake_site(certificate=certificate) as site:
        with (
            Client(site.address, TOKEN, Pace(0, clock.now, clock.sleep)) as client,
            pytest.raises(MoodleError) as caught,
        ):
            client.call(INFO, {})
        assert "is not trusted" in refusal(caught)
        assert site.requests == []
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        with Client(site.address, TOKEN, Pace(0, clock.now, clock.sleep)) as client:
            assert client.call(INFO, {})["userid"] == 7


@pytest.mark.parametrize(
    "body",
    [b"<!DOCTYPE html><title>Maintenance</title>", b"", b"\xff\xfe", b"[" * 100_000, b"NaN1"],
)
def test_a_page_in_place_of_data_is_told_of(body, client, site):
    site.faults.append(Fault(INFO, body=body))
    with pytest.raises(MoodleError) as caught:
        client.call(INFO, {})
    assert "a page and not with data" in refusal(caught)


@pytest.mark.parametrize("body", [b"[]", b"{}", b'"text"', b"7", b'{"userid": "x"}', b"null"])
def test_data_of_another_form_is_told_of(body, client, site):
    site.faults.append(Fault(INFO, body=body))
    with pytest.raises(MoodleError) as caught:
        Site(client).info(READ)
    assert "not understood" in refusal(caught)


def test_an_unknown_token_is_told_of_and_never_repeated(site, clock):
    wrong = TOKEN[::-1]
    with (
        Client(site.address, wrong, Pace(0, clock.now, clock.sleep)) as client,
        pytest.raises(MoodleError) as caught,
    ):
        client.call(INFO, {})
    assert "does not know this token" in refusal(caught)
    assert wrong not in str(caught.value)


def test_what_the_site_says_is_shown_without_the_token_and_without_control(client, site):
    said = f'{{"exception":"x","errorcode":"y","message":"no\\u001b[31m {TOKEN} here"}}'
    site.faults.append(Fault(INFO, body=said.encode()))
    with pytest.raises(RefusedError) as caught:
        client.call(INFO, {})
    assert refusal(caught) == "the site says: no … here"


def test_a_service_without_a_function_is_told_which(client, site):
    site.functions.remove("mod_assign_get_grades")
    with pytest.raises(MoodleError) as caught:
        Site(client).info(READ)
    assert "mod_assign_get_grades" in refusal(caught)
    with pytest.raises(MoodleError) as caught:
        client.call("mod_assign_get_grades", {})
    assert "mod_assign_get_grades" in refusal(caught)


def test_a_file_that_is_not_what_was_told_is_refused(client, site):
    url = f"{site.address}/webservice/pluginfile.php/9/assignsubmission_file/1017/0"
    assert (
        client.download(url, 32)
        == block("""
        def double(x):
            return 2 * x
    """).encode()
    )
    for size in (0, 31, 33, 10**6):
        with pytest.raises(RefusedError):
            client.download(url, size)


def test_a_draft_area_is_one_that_nobody_is_shown(client, site):
    draft = client.upload("feedback.html", b"one")
    assert client.upload("notes.txt", b"two", draft) == draft
    assert site.drafts == {draft: {"feedback.html": b"one", "notes.txt": b"two"}}
    with pytest.raises(RefusedError):
        client.upload("notes.txt", b"two", draft)


def test_arguments_are_written_as_forms_have_them():
    given = {"a": [1, {"b": True}], "c": {"d": {"e": "x"}}, "f": False, "g": "é"}
    assert dict(flattened(given)) == {
        "a[0]": "1",
        "a[1][b]": "1",
        "c[d][e]": "x",
        "f": "0",
        "g": "é",
    }


def test_a_token_of_somebody_who_grades_nothing_sees_nothing(site, clock):
    with Client(site.address, OTHER, Pace(0, clock.now, clock.sleep)) as client:
        assert Site(client).courses() == []
