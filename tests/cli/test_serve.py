"""``grader serve``: its address, a port in use, its end."""

import contextlib
import json
import os
import signal
import socket
import time
from pathlib import Path

import pytest
from support.serving import serving
from support.text_blocks import block

from grader.cli.main import COMMANDS
from grader.web import words
from grader.web.words import WORDS


def test_it_prints_the_address_and_ends_with_control_c(tmp_path):
    with serving(tmp_path) as served:
        assert served.ask("en/")[0] == 200
        status, headers, _ = served.ask("")
        assert (status, headers["location"][-4:]) == (303, "/en/")
        assert served.stop() == 130
        out, err = served.process.stdout.read(), served.process.stderr.read()
    assert out.splitlines() == [
        "It is for you alone, and works on this machine only. Ctrl-C ends it."
    ]
    assert "Traceback" not in err


def test_two_runs_have_two_tokens(tmp_path):
    with serving(tmp_path) as one, serving(tmp_path) as other:
        assert one.root != other.root
        assert one.ask_at(f"{other.root}/en/")[0] == 404


@pytest.mark.parametrize("lang", ["fr", "ru"])
def test_it_begins_in_the_language_of_the_run(tmp_path, lang):
    with serving(tmp_path, lang=lang) as served:
        assert served.ask("")[1]["location"].endswith(f"/{lang}/")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_nothing_is_left_running(tmp_path, number):
    (tmp_path / "ex11_softmax.py").write_text(
        block("""
        def softmax(x):
            return x
    """),
        encoding="utf-8",
    )
    with serving(tmp_path) as served:
        served.send("en/ex11/grade", "")
        started = descendants(served.process.pid)
        assert len(started) > 1  # a judge, and the student's side
        served.stop(number)
        until = time.monotonic() + 60
        while running() & started and time.monotonic() < until:
            time.sleep(0.1)
        assert running() & started == set()


def processes():
    """Return the parent of each process that runs."""
    found = {}
    for file in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):  # it has ended meanwhile
            state, parent, *_ = file.read_text(encoding="utf-8").rpartition(")")[2].split()
            if state != "Z":
                found[int(file.parent.name)] = int(parent)
    return found


def running():
    return {*processes()}


def descendants(root):
    parents, found = processes(), {root}
    while more := {pid for pid, parent in parents.items() if parent in found} - found:
        found |= more
    return found - {root}


def test_a_port_in_use_is_told(grader):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = grader.run("serve", ".", "--port", port)
    assert done.returncode == 2
    assert f"Port {port} cannot be used: another program is using it." in done.stderr
    assert "--port 0" in done.stderr


def test_a_folder_that_is_not_there_is_told(grader):
    done = grader.run("serve", "nowhere")
    assert done.returncode == 2
    assert "There is no folder nowhere." in done.stderr
    assert "serve" in COMMANDS


def test_for_programs_the_address_is_json(tmp_path):
    with serving(tmp_path, "--json") as served:
        assert served.address.startswith("http://127.0.0.1:")


def test_the_progress_of_the_folder_is_kept(tmp_path):
    (tmp_path / ".grader.yaml").write_text("lang: en\n", encoding="utf-8")
    with serving(tmp_path) as served:
        served.send("en/ex14/answers", "state=&q.loss_first=1.140")
        assert "points: 1 of 4" in served.ask("en/")[2]
    kept = json.loads((tmp_path / ".grader-progress.json").read_text(encoding="utf-8"))
    assert "ex14" in str(kept)


def test_every_word_is_used():
    folder = os.path.dirname(words.__file__)  # noqa: PTH120 - a module's own folder
    text = ""
    for place, _, names in os.walk(folder):
        for name in names:
            if name.endswith((".html", ".py")) and name != "words.py":
                with open(os.path.join(place, name), encoding="utf-8") as file:  # noqa: PTH118, PTH123
                    text += file.read()
    assert [name for name in WORDS if f'"{name}"' not in text] == []
