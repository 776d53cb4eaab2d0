"""`grader serve` as a process of its own, and requests as no browser sends them."""

import http.client
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

BACKSTOP = 60  # seconds that nothing needs


@dataclass
class Served:
    """A server that runs: its process, its folder, its address with the token."""

    process: subprocess.Popen[str]
    folder: Path
    address: str

    @property
    def port(self) -> int:
        return urlsplit(self.address).port or 0

    @property
    def root(self) -> str:
        return urlsplit(self.address).path.rstrip("/")

    @property
    def origin(self) -> str:
        return self.address.removesuffix(f"{self.root}/")

    def ask(
        self,
        place: str,
        method: str = "GET",
        body: bytes | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> tuple[int, dict[str, str], str]:
        """Send one request below the token; return status, headers and text."""
        return self.ask_at(f"{self.root}/{place}", method, body, headers)

    def ask_at(
        self,
        path: str,
        method: str = "GET",
        body: bytes | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> tuple[int, dict[str, str], str]:
        """Send one request to any path."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=BACKSTOP)
        try:
            connection.request(method, path, body, dict(headers or {}))
            answer = connection.getresponse()
            found = {name.lower(): value for name, value in answer.getheaders()}
            return answer.status, found, answer.read().decode()
        finally:
            connection.close()

    def send(self, place: str, fields: str) -> tuple[int, dict[str, str], str]:
        """Send a form as a page of this server does."""
        headers = {"Origin": self.origin, "Content-Type": "application/x-www-form-urlencoded"}
        return self.ask(place, "POST", fields.encode(), headers)

    def stop(self, number: int = signal.SIGINT) -> int:
        """End the server as a terminal does; return its exit code."""
        os.killpg(self.process.pid, number)
        return self.process.wait(BACKSTOP)


@contextmanager
def serving(folder: Path, *options: str, lang: str = "en") -> Iterator[Served]:
    """Start a server for a folder on a free port; it is gone afterwards."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("GRADER_", "PYTEST_"))}
    process = subprocess.Popen(
        [sys.executable, "-P", "-m", "grader", "serve", ".", "--port", "0", *options],
        cwd=folder,
        env={**kept, "GRADER_LANG": lang, "NO_COLOR": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    try:
        assert process.stdout
        line = next(line for line in iter(process.stdout.readline, "") if "http://" in line)
        address = re.search(r"http://[^\s\"]+", line)
        assert address
        yield Served(process, folder, address[0])
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
