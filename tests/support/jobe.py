"""`grader jobe` as a process of its own, and requests as CodeRunner sends them."""

import http.client
import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

KEY = "0123456789abcdef0123456789abcdef"
BACKSTOP = 120  # seconds that nothing needs
RESTAPI = "/jobe/index.php/restapi"
# To the letter, from CodeRunner's jobesandbox.php; Moodle's curl repeats them for a second request.
HEADERS = {
    "User-Agent": "CodeRunner",
    "Content-Type": "application/json; charset=utf-8",
    "Accept-Charset": "utf-8",
    "Accept": "application/json",
    "X-API-KEY": KEY,
    "X-CodeRunner-Job-Id": "4a5b6c7d",
}


def run_spec(template: object, **changed: object) -> bytes:
    """Return the body of a run, as CodeRunner's ``execute`` makes it."""
    source = template if isinstance(template, str) else json.dumps(template)
    spec = {
        "language_id": "nngrader",
        "sourcecode": source,
        "sourcefilename": "__tester__.nngrader",
        "input": "",
        "file_list": [],
        "parameters": {"cputime": 10, "memorylimit": 64},
        "jobeserver": "127.0.0.1:4000",
    }
    return json.dumps({"run_spec": {**spec, **changed}}).encode()


@dataclass
class JobeServer:
    """A server that runs, and what it has printed when it has ended."""

    process: subprocess.Popen[str]
    port: int
    log: Path
    headers: dict[str, str] = field(default_factory=lambda: dict(HEADERS))

    def ask(
        self,
        method: str,
        path: str,
        body: bytes | None = None,
        headers: dict[str, str] | None = None,
    ) -> tuple[int, Any]:
        """Send one request; return its status, and what its JSON holds."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=BACKSTOP)
        try:
            connection.request(method, path, body, self.headers if headers is None else headers)
            answer = connection.getresponse()
            text = answer.read()
            return answer.status, json.loads(text) if text else None
        finally:
            connection.close()

    def post(self, body: bytes, headers: dict[str, str] | None = None) -> tuple[int, Any]:
        """Send a run."""
        return self.ask("POST", f"{RESTAPI}/runs", body, headers)

    def check(self, exercise: str, code: str, lang: str = "en", **more: object) -> tuple[int, Any]:
        """Press *Check*: send an answer; return the status, and the outcome or what is refused."""
        template = {"exercise": exercise, "lang": lang, "code": code, **more}
        return self.post(run_spec(template))

    def graded(self, exercise: str, code: str, lang: str = "en") -> dict[str, Any]:
        """Return what CodeRunner makes of an answer; fails where it would not show a mark."""
        status, answer = self.check(exercise, code, lang)
        assert (status, answer["outcome"], answer["stderr"]) == (200, 15, ""), answer
        shown = json.loads(answer["stdout"])
        check_shape(shown)
        return dict(shown)

    def end(self, number: int = signal.SIGTERM) -> int:
        """End the server; return its exit code."""
        self.process.send_signal(number)
        return self.process.wait(BACKSTOP)


def check_shape(shown: dict[str, Any]) -> None:
    """Assert what CodeRunner's ``do_combinator_grading`` asks of a combinator's output."""
    assert {*shown} == {"fraction", "prologuehtml", "testresults", "columnformats"}
    assert 0 <= shown["fraction"] <= 1
    head, *rows = shown["testresults"]
    columns = [name for name in head if name not in {"iscorrect", "ishidden"}]
    assert len(columns) == len(shown["columnformats"])
    assert {*shown["columnformats"]} <= {"%s", "%h"}
    assert all(len(row) == len(head) for row in rows)
    assert all(0 <= row[0] <= 1 for row in rows)
    assert all(isinstance(cell, str) for row in rows for cell in row[1:])


@contextmanager
def jobe(log: Path, *arguments: str, env: dict[str, str] | None = None) -> Iterator[JobeServer]:
    """Start a server on a free port; it and all that it has started are gone afterwards."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("GRADER_", "PYTEST_"))}
    with log.open("w") as errors:
        process = subprocess.Popen(
            [sys.executable, "-P", "-m", "grader", "jobe", "--port", "0", *arguments],
            env={**kept, "GRADER_JOBE_KEY": KEY, "GRADER_LANG": "en", **(env or {})},
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
            start_new_session=True,
        )
    try:
        assert process.stdout
        line = process.stdout.readline()
        found = re.search(r":(\d+)$", line.strip())
        assert found, f"{line}{log.read_text()}"
        yield JobeServer(process, int(found[1]), log)
    finally:
        if process.poll() is None:
            process.terminate()
            try:
                process.wait(BACKSTOP)
            finally:
                process.kill()
        process.communicate()
