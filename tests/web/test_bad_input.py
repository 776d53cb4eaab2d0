"""What goes wrong around a page: vanishing files, a thousand saves, a full or read-only disk."""

import http.client
import os
import subprocess
import time
from html.parser import HTMLParser
from urllib.parse import urlencode

import pytest
from support.pages import HOSTILE
from support.text_blocks import block

from grader.course.locate import builtin_root

RIGHT = (builtin_root() / "answers" / "ex11_softmax" / "reference.py").read_text("utf-8")
WRONG = block("""
    import numpy as np


    def softmax(x):
        return x
""")
BACKSTOP = 120  # seconds that nothing needs


class Events:
    """The events of an exercise, as a browser gets them."""

    def __init__(self, served, place="en/ex11/events"):
        self.connection = http.client.HTTPConnection("127.0.0.1", served.port, timeout=BACKSTOP)
        self.connection.request("GET", f"{served.root}/{place}")
        self.answer = self.connection.getresponse()

    def until(self, text):
        """Read until an event holds a text; return how many verdicts there were."""
        verdicts, end = 0, time.monotonic() + BACKSTOP
        while line := self.answer.readline().decode():
            assert time.monotonic() < end
            verdicts += line.startswith("event: verdict")
            if line.startswith("data:") and text in line:
                return verdicts
        raise AssertionError("the events have ended")

    def close(self):
        self.connection.close()


@pytest.fixture
def listened(serve):
    """A server whose ex11 somebody listens to."""
    served = serve()
    file = served.folder / "ex11_softmax.py"
    file.write_text(WRONG, encoding="utf-8")
    events = Events(served)
    events.until("points")
    yield served, file, events
    events.close()


def test_a_thousand_saves_end_with_the_verdict_on_the_last(listened):
    _, file, events = listened
    for number in range(1000):
        file.write_text(f"{WRONG}# {number}\n", encoding="utf-8")
    file.write_text(RIGHT, encoding="utf-8")
    assert events.until("All right") < 100


def test_a_file_that_vanishes_and_comes_back(listened):
    served, file, events = listened
    file.unlink()
    events.until("Not graded yet.")
    assert "There is no answer to ex11" in served.ask("en/ex11")[2]
    file.write_text(RIGHT, encoding="utf-8")
    events.until("All right")


def test_a_half_written_file_is_judged_when_it_is_whole(listened):
    _, file, events = listened
    middle = len(RIGHT) // 2
    with file.open("w", encoding="utf-8") as half:
        half.write(RIGHT[:middle])
        half.flush()
        time.sleep(0.05)
        half.write(RIGHT[middle:])
    assert events.until("All right") == 1


def test_an_endless_function_does_not_hold_up_the_next_save(listened):
    _, file, events = listened
    file.write_text(
        block("""
        def softmax(x):
            while True:
                pass
    """),
        encoding="utf-8",
    )
    events.until("graded")
    time.sleep(3)
    file.write_text(RIGHT, encoding="utf-8")
    events.until("All right")


def test_a_folder_that_can_only_be_read(serve, tmp_path):
    folder = tmp_path / "disk"
    folder.mkdir()
    if os.geteuid() == 0:
        mounted = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", "ro", "none", folder], check=False, capture_output=True
        )
        if mounted.returncode:
            pytest.skip("no file system can be mounted here")
    else:
        folder.chmod(0o500)
    try:
        served = serve("--edit", folder=folder)
        for place, fields in (("begin", ""), ("source", urlencode({"state": "", "source": RIGHT}))):
            _, _, text = served.send(f"en/ex11/{place}", fields)
            assert "ex11_softmax.py cannot be written" in text
        assert "softmax" in text
        status, _, text = served.send("en/ex14/answers", "state=&q.loss_first=1.140")
        assert status == 200
        assert "could not be written into" in text
        assert 'value="1.140"' in text
        served.stop()
    finally:
        if os.geteuid() == 0:
            subprocess.run(["umount", "-l", folder], check=True)
        else:
            folder.chmod(0o700)


class Tags(HTMLParser):
    """The tags of a page, with the names of their attributes."""

    def __init__(self, page):
        super().__init__()
        self.found = []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, sorted(name for name, _ in attrs)))


@pytest.mark.parametrize("text", HOSTILE)
def test_what_is_sent_comes_back_as_text(serve, text):
    served = serve("--edit")
    names = ("q.loss_first", "q.loss_mean")
    plain = served.send("en/ex14/answers", urlencode({"state": "x"} | dict.fromkeys(names, "x")))
    sent = served.send("en/ex14/answers", urlencode({"state": text} | dict.fromkeys(names, text)))
    assert Tags(sent[2]).found == Tags(plain[2]).found
    plain = served.send("en/ex11/source", urlencode({"state": "x", "source": "x"}))
    sent = served.send("en/ex11/source", urlencode({"state": text, "source": text}))
    assert Tags(sent[2]).found == Tags(plain[2]).found


def test_forms_that_no_page_has_made_break_nothing(serve):
    served = serve("--edit")
    for place in ("en/ex14/answers", "en/ex11/source", "en/ex11/grade", "en/ex14/source"):
        for fields in ("", "&&&", "state", "=", "q.loss_first=1&q.loss_first=2", "%00=%ff", "a=%"):
            status, _, _ = served.send(place, fields)
            assert status in {200, 303, 400, 404}, (place, fields)
    assert served.ask("en/ex14")[0] == 200
